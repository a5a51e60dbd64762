import type { EngineError } from '../../../core/errors/engine-error.ts';
import type { Event } from '../../../core/event/event.ts';

/** Characters of base64 of what a receiver has said. */
const longest = 1024;

interface Failed {
  /** The URL that was called. */
  readonly destination: string;
  readonly status: number;
  readonly body: Uint8Array;
}

/** What the last attempt is remembered by: fields of its error. */
export const failedFields = ({ destination, status, body }: Failed): { destination: string; code: number; answer: string } => ({
  destination,
  code: status,
  answer: Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, longest)).toString('base64').slice(0, longest),
});

/** The extensions by which a dead letter sink learns why it gets an event. */
interface LastWords {
  readonly knativeerrordest: string;
  readonly knativeerrorcode: number;
  readonly knativeerrordata: string;
}

/** Where nobody answered, the error itself stands for the answer. */
export function lastWordsOf({ fields, message }: EngineError, destination: string): LastWords {
  const { code, answer } = fields;
  if (typeof code === 'number' && typeof answer === 'string')
    return { knativeerrordest: String(fields['destination']), knativeerrorcode: code, knativeerrordata: answer };
  const failed = failedFields({ destination, status: 500, body: Buffer.from(message, 'utf8') });
  return { knativeerrordest: failed.destination, knativeerrorcode: failed.code, knativeerrordata: failed.answer };
}

/** The event with them. */
export const withLastWords = (event: Event, words: LastWords): Event => ({
  ...event,
  extensions: { ...event.extensions, ...words, knativeerrorcode: String(words.knativeerrorcode) },
  types: { ...event.types, knativeerrorcode: 'integer' },
});
