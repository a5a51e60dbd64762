import type { Call } from '../../src/core/http/call.ts';
import { hiding, type Taken } from './answer-calls.ts';
import { jsonText, textOf } from './body.ts';
import { bodyId } from './delivery.ts';
import { draftOf, headersText, type Names } from './draft.ts';

interface Plain {
  readonly webhook: { readonly maxPayloadSize: number };
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

interface Looks {
  /** Refuses what is not signed as it shall be. */
  readonly check?: (call: Call, bytes: Uint8Array) => Promise<void>;
  /** Headers whose values are secrets, and are hidden. */
  readonly secret?: readonly string[];
  /** Whether a body says when it happened, so that it makes the id where no header does. */
  readonly isDated?: (body: string) => boolean;
}

/** `{headers, body}` of a JSON body. */
export const takeJson =
  ({ webhook, metadata }: Plain, names: Names, { check, secret = [], isDated }: Looks = {}) =>
  async (call: Call): Promise<Taken> => {
    const bytes = await call.body(webhook.maxPayloadSize);
    await check?.(call, bytes);
    const body = jsonText(textOf(bytes));
    const { headers } = hiding(call, ...secret);
    const id = isDated?.(body) ? bodyId([names.eventSourceName, names.eventName], body) : undefined;
    return { events: [draftOf(call, { fields: { headers: headersText(headers), body }, metadata, id, body }, names)] };
  };
