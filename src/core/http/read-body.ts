import type { IncomingMessage } from 'node:http';
import { Refusal } from './call.ts';

/** How many bytes of bodies are held at once, by all calls together. */
export class Room {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** False when there are not so many left. */
  take(bytes: number): boolean {
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#left += bytes;
  }
}

interface Reading {
  readonly limit: number;
  /** Called when the body is wanted: a caller may wait for that before it sends one. */
  readonly begin: () => void;
  /** Called for each piece before it is kept; false refuses it. */
  readonly hold: (bytes: number) => boolean;
}

/** The body of a request, see `Call.body`. */
export async function readBody(request: IncomingMessage, { limit, begin, hold }: Reading): Promise<Uint8Array> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limit) throw tooLarge(`${announced}`, limit);
  begin();
  const pieces: Buffer[] = [];
  let size = 0;
  await new Promise<void>((resolve, reject) => {
    const refuse = (refusal: Refusal): void => {
      request.off('data', take).pause();
      reject(refusal);
    };
    const take = (piece: Buffer): void => {
      size += piece.length;
      if (size > limit) refuse(tooLarge(`at least ${size}`, limit));
      else if (hold(piece.length)) pieces.push(piece);
      else refuse(new Refusal(503, 'too many calls at once', { 'Retry-After': '1' }));
    };
    const broken = (): void => reject(new Refusal(400, 'the body did not come whole'));
    const end = (): void => {
      request.off('close', broken).off('error', broken);
      resolve();
    };
    request.on('data', take).once('end', end).once('close', broken).once('error', broken);
  });
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
}

const tooLarge = (actual: string, limit: number): Refusal =>
  new Refusal(413, `the body has ${actual} bytes, and no more than ${limit} are taken`);
