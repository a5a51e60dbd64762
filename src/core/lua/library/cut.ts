/** Where a string is cut: counted from 1, or from its end when negative. */
export function cut(length: number, index: number): number {
  const at = index > 0 ? index - 1 : index === 0 ? 0 : length + index;
  return Math.max(at, 0);
}
