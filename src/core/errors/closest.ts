/**
 * The word among `known` that the author probably meant: a similar one, else one that goes on where it ends. Undefined when none is near:
 * of a similar word, half of the letters at least are right.
 */
export function closest(word: string, known: Iterable<string>): string | undefined {
  let longer: string | undefined;
  let best: string | undefined;
  let least = Math.max(2, Math.ceil(word.length / 3)) + 1;
  for (const candidate of known) {
    if (word.length > 2 && candidate.toLowerCase().startsWith(word.toLowerCase())) longer ??= candidate;
    const far = distance(word.toLowerCase(), candidate.toLowerCase());
    if (far < least && far * 2 <= Math.min(word.length, candidate.length)) {
      least = far;
      best = candidate;
    }
  }
  return best ?? longer;
}

/** How many letters must be put in, taken out, exchanged, or swapped with their neighbour to make one word of the other. */
export function distance(a: string, b: string): number {
  let above: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next[j] = Math.min(
        next[j - 1]! + 1,
        row[j]! + 1,
        row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
        isSwapped ? above[j - 2]! + 1 : Number.POSITIVE_INFINITY,
      );
    }
    above = row;
    row = next;
  }
  return row[b.length]!;
}
