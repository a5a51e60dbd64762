import { createHash } from 'node:crypto';
import { bytesOf } from '../../go/bytes.ts';
import { fn, type GoFunction } from '../../go/function.ts';

const hash = (algorithm: string): GoFunction =>
  fn(['string'], ([text], spend) => {
    spend.steps(text.length >> 6);
    return createHash(algorithm).update(bytesOf(text)).digest('hex');
  });

function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0];
  for (const byte of bytes) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return high * 65_536 + low;
}

export const hashes: Readonly<Record<string, GoFunction>> = {
  sha1sum: hash('sha1'),
  sha256sum: hash('sha256'),
  sha512sum: hash('sha512'),
  adler32sum: fn(['string'], ([text], spend) => {
    spend.steps(text.length >> 4);
    return `${adler32(bytesOf(text))}`;
  }),
};
