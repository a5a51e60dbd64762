import { EngineError } from '../../src/core/errors/engine-error.ts';
import { addressOf, type Event } from '../../src/core/event/event.ts';
import type { Stored } from '../bus.ts';
import { subjectOf } from '../subjects.ts';
import { type EventFormat, encodeEvent } from '../wire.ts';
import { checked } from './api.ts';
import { type Connection, patience } from './connection.ts';
import { Unanswered } from './requests.ts';
import { fullness, noRoom, type Room } from './room.ts';
import type { EventStream } from './stream.ts';

/** What a stream answers to a message. */
interface PubAck {
  readonly seq: number;
  readonly duplicate?: boolean;
}

/**
 * Event → acknowledgement of the stream. The message id is the event's id, so what is sent again here (the connection broke, the
 * stream was made anew, room was made) is there once.
 */
export function publisher(connection: Connection, stream: EventStream, format: EventFormat, room: Room) {
  const { clock } = connection;

  return async (event: Event, signal: AbortSignal | undefined): Promise<Stored> => {
    const subject = subjectOf(stream.name, addressOf(event));
    const { head, body } = encodeEvent(event, format);
    const actual = head.length + body.length;
    const limit = connection.nats.info?.max_payload ?? defaultPayload;
    if (actual > limit) throw new EngineError('EVENT_TOO_LARGE', { actual, limit });
    const until = clock.monotonic() + patience;
    let roomMade = false;
    for (;;) {
      signal?.throwIfAborted();
      try {
        if (!connection.connected) await connection.ready(signal);
        const answer = await connection.request(subject, body, head);
        const { seq, duplicate = false } = checked<PubAck>(answer.json());
        room.found();
        return { sequence: seq, duplicate };
      } catch (thrown) {
        if (fullness(thrown)) {
          if (roomMade || !(await room.make())) throw noRoom(stream.name, thrown);
          roomMade = true;
        } else if (!isPassing(thrown) || clock.monotonic() >= until) throw thrown;
        else if (nobodyListens(thrown)) await stream.ensure().then(() => clock.sleep(50));
      }
    }
  };
}

/** Until a server has said what it takes. */
export const defaultPayload = 1024 * 1024;

/** The connection broke, or the stream is not there at the moment. */
const isPassing = (thrown: unknown): boolean =>
  thrown instanceof EngineError && thrown.cause instanceof Unanswered && thrown.cause.kind !== 'too late';

export const nobodyListens = (thrown: unknown): boolean =>
  thrown instanceof EngineError && thrown.cause instanceof Unanswered && thrown.cause.kind === 'nobody listens';
