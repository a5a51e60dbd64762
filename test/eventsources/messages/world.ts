import { setTimeout as delay } from 'node:timers/promises';
import type { EventSource } from '../../../eventsources/kind.ts';
import type { Event } from '../../../src/core/event/event.ts';
import type { Fact } from '../../contracts/event-source.ts';
import { eventSourceOf } from '../../support/event-source.ts';

/** An EventSource with one entry of a type. */
export const sourceOf = (type: string, spec: object): EventSource => eventSourceOf({ [type]: { event: spec } });

/** The next message for one of three subjects, in turn: what happens in a world of messages. */
export function numbered(send: (subject: string, text: string) => void): () => Promise<Fact> {
  let count = 0;
  return async () => {
    const subject = ['a', 'b', 'c'][count % 3]!;
    const fact = `${count}`;
    count += 1;
    send(subject, fact);
    // The sockets get their turn, as they would between two things that happen.
    await delay(2);
    return { subject, fact };
  };
}

/** What an event says, by the names of two fields of its payload; bodies are JSON. */
export const told =
  (subject: string, fact = 'body') =>
  (event: Event): Fact => {
    const payload = event.data!.json as Record<string, unknown>;
    return { subject: String(payload[subject]), fact: String(payload[fact]) };
  };
