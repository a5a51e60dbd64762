import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** What is kept of an object, beside the object itself. */
export interface Entry {
  readonly resourceVersion: string;
  /** False for an object that was sent and has ceased to pass the filters. It is kept, without its text, until it is gone. */
  readonly passes: boolean;
  /** The version last published; where none was, the one under which it became known. The id of its DELETE is made of it. */
  readonly said: string;
  readonly namespace: string;
  readonly name: string;
  /** Place in the stream of the last event about it, and the stream's creation time; 0 when there was no event. */
  readonly sequence: number;
  readonly stream: string;
}

/** One line of JSON, then the object's JSON text as raw deflate; nothing behind the line when the object is not kept. */
export function encodeEntry(entry: Entry, text: string | undefined): Uint8Array {
  const line = Buffer.from(`${JSON.stringify(entry)}\n`);
  return text === undefined ? line : Buffer.concat([line, deflateRawSync(text, { level: 1 })]);
}

export function decodeEntry(value: Uint8Array): { entry: Entry; hasText: boolean; text(): string | undefined } {
  const end = value.indexOf(0x0a);
  const entry = JSON.parse(Buffer.from(value.buffer, value.byteOffset, end).toString()) as Entry;
  const hasText = value.length > end + 1;
  return { entry, hasText, text: () => (hasText ? inflateRawSync(value.subarray(end + 1)).toString() : undefined) };
}
