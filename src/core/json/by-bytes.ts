/**
 * The order of two texts by their UTF-8 bytes, which is Go's. It is the order of the code points; UTF-16 units differ from it only where
 * one of them belongs to a surrogate pair.
 */
export function byBytes(a: string, b: string): number {
  const first = a.charCodeAt(0);
  const other = b.charCodeAt(0);
  if (first !== other && first < 0xd800 && other < 0xd800) return first - other;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const x = a.charCodeAt(index);
    const y = b.charCodeAt(index);
    if (x === y) continue;
    if (isSurrogate(x) !== isSurrogate(y)) return isSurrogate(x) ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
