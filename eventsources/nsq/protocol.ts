/** The wire of nsqd, protocol V2: what commands look like, and how frames are read. No sockets here. */

export const magic = '  V2';

/** A command with words, and a body where it has one. */
export function command(words: readonly (string | number)[], body?: Buffer): Buffer {
  const line = Buffer.from(`${words.join(' ')}\n`);
  if (!body) return line;
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  return Buffer.concat([line, size, body]);
}

export type Frame =
  | { readonly kind: 'response' | 'error'; readonly text: string; readonly body: Buffer }
  | { readonly kind: 'message'; readonly message: NsqMessage };

export interface NsqMessage {
  /** 16 hexadecimal digits, given by nsqd. */
  readonly id: string;
  /** Nanoseconds since 1970. */
  readonly timestamp: bigint;
  /** 1 for the first delivery. */
  readonly attempts: number;
  readonly body: Buffer;
}

/** A frame that is longer is no frame: the connection has lost its step, or somebody else is at the other end. */
const longest = 256 * 1024 * 1024;

/** Reads frames out of bytes that come in pieces. Throws on what is no frame. */
export class FrameReader {
  #pieces: Buffer[] = [];
  #length = 0;

  /** The frames that are whole now. */
  *read(piece: Buffer): Generator<Frame> {
    this.#pieces.push(piece);
    this.#length += piece.length;
    for (;;) {
      if (this.#length < 4) return;
      const size = this.#joined(4).readUInt32BE(0);
      if (size < 4 || size > longest) throw new Error('what came is not the protocol of nsqd');
      if (this.#length < size + 4) return;
      const all = this.#joined(size + 4);
      this.#pieces = [all.subarray(size + 4)];
      this.#length -= size + 4;
      yield frameOf(all.subarray(4, size + 4));
    }
  }

  /** The first bytes as one piece; a long frame is put together once, when it is whole. */
  #joined(size: number): Buffer {
    if (this.#pieces[0]!.length < size) this.#pieces = [Buffer.concat(this.#pieces)];
    return this.#pieces[0]!;
  }
}

function frameOf(bytes: Buffer): Frame {
  const type = bytes.readUInt32BE(0);
  const body = bytes.subarray(4);
  if (type === 0 || type === 1) return { kind: type === 0 ? 'response' : 'error', text: body.toString(), body };
  if (type !== 2 || body.length < 26) throw new Error('what came is not the protocol of nsqd');
  const message = {
    timestamp: body.readBigInt64BE(0),
    attempts: body.readUInt16BE(8),
    id: body.toString('latin1', 10, 26),
    body: body.subarray(26),
  };
  return { kind: 'message', message };
}
