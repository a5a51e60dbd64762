import { stableId } from '../../src/core/event/stable-id.ts';
import { isObject, type Json, type JsonObject } from '../../src/core/json/json.ts';
import { goQuote } from '../../src/core/json/quote.ts';
import { goJson } from '../../src/core/json/stringify.ts';
import type { EventSourceContext } from '../event-source.ts';
import { bodyText } from '../messages/body.ts';
import { type Message, relay } from '../messages/relay.ts';
import { hiddenFor, type Queue, type SqsMessage } from './queue.ts';
import type { SqsSpec } from './spec.ts';

/**
 * Takes messages until the signal aborts, one after another: an event of each, then the delete. While the bus is away what was received stays
 * hidden from others. Rejects when a call fails; what was not deleted then comes again.
 */
export async function takeAll(queue: Queue, spec: SqsSpec, context: EventSourceContext): Promise<void> {
  const { clock, signal } = context;
  while (!signal.aborted) {
    const waiting = await queue.receive();
    const cancel = every(clock, (hiddenFor / 2) * 1000, () => queue.keepHidden(waiting));
    try {
      for (let message = waiting[0]; message && !signal.aborted; message = waiting[0]) {
        const done = await relay(asMessage(message, spec, context), spec.metadata, context);
        if (done === 'taken' || !spec.dlq) await queue.delete(message);
        waiting.shift();
      }
    } finally {
      cancel();
    }
  }
}

/** Calls back again and again; what fails is tried again the next time. */
function every(clock: EventSourceContext['clock'], pause: number, callback: () => Promise<void>): () => void {
  let cancel = (): void => {};
  const next = (): void => {
    cancel = clock.after(pause, () => {
      next();
      callback().catch(() => {});
    });
  };
  next();
  return () => cancel();
}

function asMessage(
  { id, body, attributes, group }: SqsMessage,
  spec: SqsSpec,
  { eventSourceName, eventName }: EventSourceContext,
): Message {
  const { region, queueAccountId = '', queue, endpoint = '' } = spec;
  return {
    id: stableId('sqs', eventSourceName, eventName, endpoint, region, queueAccountId, queue, id),
    orderKey: group,
    about: { queue, message: id },
    fields: () => ({
      messageId: goQuote(id),
      messageAttributes: attributes ? goJson(inGo(attributes)) : 'null',
      body: bodyText(Buffer.from(body), spec.jsonBody),
    }),
  };
}

const fields = ['BinaryListValues', 'BinaryValue', 'DataType', 'StringListValues', 'StringValue'];

/** Attributes as AWS's library for Go writes them: with all fields. */
const inGo = (attributes: JsonObject): Json =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      Object.fromEntries(fields.map((field) => [field, (isObject(attribute) ? attribute[field] : undefined) ?? null])),
    ]),
  );
