import { type Answer, Refusal } from '../../../core/http/call.ts';

/** The answer to a call that brings no event; undefined for one that does. Refuses other methods (405). */
export function answeredByMethod(method: string): Answer | undefined {
  if (method === 'OPTIONS')
    return { status: 200, text: '', headers: { Allow: allowed, 'WebHook-Allowed-Origin': '*', 'WebHook-Allowed-Rate': '*' } };
  if (method !== 'POST') throw new Refusal(405, 'events are posted', { Allow: allowed });
  return undefined;
}

const allowed = 'POST, OPTIONS';
