import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether two texts are equal, in a time that tells nothing of where they differ. */
export function same(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Whether `hex` is the HMAC of the pieces, one behind the other. */
export function isHmac(
  algorithm: 'sha1' | 'sha256' | 'sha512',
  secret: string,
  pieces: readonly (string | Uint8Array)[],
  hex: string,
): boolean {
  const hmac = createHmac(algorithm, secret);
  for (const piece of pieces) hmac.update(piece);
  return same(hmac.digest('hex'), hex.toLowerCase());
}
