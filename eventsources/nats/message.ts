import { goQuote } from '../../src/core/json/quote.ts';
import { goJson } from '../../src/core/json/stringify.ts';
import type { Msg } from '../../src/core/nats/connect.ts';
import { bodyText } from '../messages/body.ts';
import type { Message } from '../messages/relay.ts';
import type { NatsSpec } from './spec.ts';

/** A message in Argo's words; `header` is there when the message has headers. */
export function messageOf({ subject, data, headers }: Msg, { jsonBody }: NatsSpec, id?: string): Message {
  const header = headers && Object.fromEntries(headers.keys().map((name) => [name, headers.values(name)]));
  return {
    id,
    orderKey: subject,
    about: { subject },
    fields: () => ({
      subject: goQuote(subject),
      body: bodyText(data, jsonBody),
      ...(header && Object.keys(header).length > 0 ? { header: goJson(header) } : {}),
    }),
  };
}
