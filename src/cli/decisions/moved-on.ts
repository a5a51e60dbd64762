import { type Event, orderKeyOf } from '../../core/event/event.ts';
import type { Letter } from './letters.ts';

/** An event that came after those of a letter, about the same thing. */
export interface Later {
  readonly id: string;
  readonly storedAt: number;
}

/**
 * For each letter whose object has moved on: the newest event with the same order key on the stream. Trying such a letter again might undo
 * what came after it. Each listener's events are read once, however many letters there are.
 */
export async function movedOn(letters: readonly Letter[], signal: AbortSignal): Promise<ReadonlyMap<Letter, Later>> {
  const found = new Map<Letter, Later>();
  for (const { bus, source, subject, concerned } of byListener(letters)) {
    const places = new Map<string, number>();
    const newest = new Map<string, Later & { sequence: number; time: number }>();
    for await (const { event, sequence, storedAt } of bus.replay({ source, subject }, 0, signal)) {
      const key = orderKeyOf(event);
      if (key === undefined) continue;
      places.set(event.id, sequence);
      newest.set(key, { id: event.id, storedAt, sequence, time: Date.parse(event.time) });
    }
    for (const [letter, event] of concerned) {
      const last = newest.get(orderKeyOf(event)!);
      if (!last || last.id === event.id) continue;
      const place = places.get(event.id);
      const isLater = place === undefined ? last.time > Date.parse(event.time) : last.sequence > place;
      if (isLater && (found.get(letter)?.storedAt ?? 0) < last.storedAt) found.set(letter, { id: last.id, storedAt: last.storedAt });
    }
  }
  return found;
}

interface Listener {
  readonly bus: Letter['bus'];
  readonly source: string;
  readonly subject: string;
  readonly concerned: [Letter, Event][];
}

/** The events that are worked in order, by who sent them. */
function byListener(letters: readonly Letter[]): Iterable<Listener> {
  const listeners = new Map<string, Listener>();
  for (const letter of letters) {
    for (const event of letter.events.values()) {
      if (orderKeyOf(event) === undefined) continue;
      const { source, subject } = event;
      const id = `${letter.bus.describe} ${source}/${subject}`;
      const listener = listeners.get(id) ?? { bus: letter.bus, source, subject, concerned: [] };
      listener.concerned.push([letter, event]);
      listeners.set(id, listener);
    }
  }
  return listeners.values();
}
