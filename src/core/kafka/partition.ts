/** The partition of a key, of so many: the same as Argo's client gives it (FNV-1a), so that a key keeps its partition in a move from there. */
export function partitionOf(key: Uint8Array, partitions: number): number {
  let hash = 0x811c9dc5;
  for (const byte of key) hash = Math.imul(hash ^ byte, 0x01000193);
  return Math.abs((hash | 0) % partitions);
}
