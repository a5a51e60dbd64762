import type { Answer, Headers } from '../../../core/http/call.ts';
import { headerOf } from '../../../core/http/call.ts';

/** Whose answers they are. */
export interface ListenerNames {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
}

const json = { 'Content-Type': 'application/json' };

/** The event is stored. `outcomes` are what became of it, where the caller waits for that. */
export function accepted({ name, namespace, uid }: ListenerNames, headers: Headers, eventID: string, outcomes?: object): Answer {
  const text = JSON.stringify({ eventListener: name, namespace, eventListenerUID: uid, eventID, ...outcomes });
  if (!isCloudEvent(headers)) return { status: 202, text: `${text}\n`, headers: json };
  return {
    status: 202,
    text,
    headers: {
      ...json,
      'Ce-Specversion': '1.0',
      'Ce-Id': eventID,
      'Ce-Type': 'dev.tekton.event.triggers.accepted.v1',
      'Ce-Source': name,
      'Ce-Subject': `${namespace}.${name} accepted ${eventID}`,
    },
  };
}

/** The body is not what an EventListener takes. */
export function refused({ name, namespace }: ListenerNames, problem: string): Answer {
  const errorMessage = `Invalid event body format : ${problem}`;
  return {
    status: 400,
    text: `${JSON.stringify({ eventListener: name, namespace, eventListenerUID: '', errorMessage })}\n`,
    headers: json,
  };
}

/** Whether a call brings a CloudEvent, in whichever form; its sender expects one back. */
function isCloudEvent(headers: Headers): boolean {
  if (['1.0', '0.3'].includes(headerOf(headers, 'Ce-Specversion') ?? '')) return true;
  return /^application\/cloudevents(?:-batch)?\+json\s*(?:;|$)/i.test(headerOf(headers, 'Content-Type') ?? '');
}
