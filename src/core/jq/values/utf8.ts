/** The text of some bytes, as Go has it: each byte that belongs to no character is one U+FFFD. */
export function textOf(bytes: Buffer): string {
  const text = bytes.toString();
  if (!text.includes('\ufffd')) return text;
  const parts: string[] = [];
  let start = 0;
  let at = 0;
  while (at < bytes.length) {
    const size = sizeAt(bytes, at);
    if (size > 0) {
      at += size;
      continue;
    }
    parts.push(bytes.toString('utf8', start, at), '\ufffd');
    at += 1;
    start = at;
  }
  parts.push(bytes.toString('utf8', start));
  return parts.join('');
}

/** How many bytes the character at `at` has; 0 when there is none. */
function sizeAt(bytes: Buffer, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const size = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  for (let next = 1; next < size; next++) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1] ?? 0;
  const isWrong =
    (first === 0xe0 && second < 0xa0) ||
    (first === 0xed && second > 0x9f) ||
    (first === 0xf0 && second < 0x90) ||
    (first === 0xf4 && second > 0x8f);
  return isWrong ? 0 : size;
}
