/**
 * Where a character of a text value stands in the YAML source.
 *
 * Folding, indentation and chomping only add and take away white space. So in plain, single-quoted and block texts the other
 * characters stand in the source in the same order, and counting them is enough. Double-quoted texts are read escape by escape.
 */

/**
 * The place in the source of the character at `offset` of `value`; of its end when `offset` is behind it. `start` and `end` are the
 * range of the scalar, with its quotes or its `|` or `>`.
 */
export function placeInside(source: string, start: number, end: number, value: string, offset: number): number {
  const first = source[start];
  const at = Math.min(offset, value.length);
  if (first === '"') return start + insideDouble(source.slice(start, end), at);
  if (first === "'") return start + 1 + insideCounted(source.slice(start + 1, end - 1), value, at, true);
  const header = /^[|>][^\n]*\n?/.exec(source.slice(start, end))?.[0].length ?? 0;
  return start + header + insideCounted(source.slice(start + header, end), value, at, false);
}

const isSpace = (character: string | undefined): boolean =>
  character === ' ' || character === '\n' || character === '\t' || character === '\r';

/** `quoted`: every quote stands there twice. */
function insideCounted(source: string, value: string, offset: number, quoted: boolean): number {
  let at = 0;
  let before = 0;
  const skipSpace = (): void => {
    while (at < source.length && isSpace(source[at])) at += 1;
  };
  const step = (): void => {
    at += quoted && source[at] === "'" ? 2 : 1;
    before = at;
  };
  let run = 0;
  for (let index = 0; index < offset; index++) {
    if (isSpace(value[index])) continue;
    skipSpace();
    step();
    run = index + 1;
  }
  skipSpace();
  if (offset < value.length && !isSpace(value[offset])) return at;
  let runEnd = offset;
  while (runEnd < value.length && isSpace(value[runEnd])) runEnd += 1;
  return before + insideSpace(source.slice(before, at), value.slice(run, runEnd), offset - run, runEnd === value.length);
}

/** White space between two other characters, as it is in the source and in the value. */
function insideSpace(source: string, value: string, offset: number, isLast: boolean): number {
  if (isLast && !value.includes('\n')) return Math.min(offset, source.length);
  const rows = value.split('\n');
  const sourceRows = source.split('\n');
  const above = value.slice(0, offset).split('\n');
  const row = above.length - 1;
  if (row === 0 && rows[0] === sourceRows[0]?.replace('\r', '').slice(0, rows[0]!.length)) return Math.min(offset, source.length);
  if (!isLast && rows.length !== sourceRows.length) return Math.max(0, source.length - (value.length - offset));
  let start = 0;
  for (let index = 0; index < row && index < sourceRows.length; index++) start += sourceRows[index]!.length + 1;
  const width = sourceRows[row]?.replace('\r', '').length ?? 0;
  return Math.min(start + Math.max(0, width - rows[row]!.length) + above.at(-1)!.length, source.length);
}

/** How many characters of source follow the letter of an escape. */
const digits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** `source` with its quotes. */
function insideDouble(source: string, offset: number): number {
  let made = 0;
  for (let at = 1; at < source.length - 1; ) {
    const { length, makes } = pieceAt(source, at);
    if (made + makes > offset) return at + Math.min(makes === length ? offset - made : 0, length);
    made += makes;
    at += length;
  }
  return Math.max(1, source.length - 1);
}

/** How much of the source belongs together, and how many characters it makes. */
function pieceAt(source: string, at: number): { length: number; makes: number } {
  const space = /^[ \t]*(?:\r?\n[ \t]*)+/.exec(source.slice(at, -1));
  if (space) return { length: space[0].length, makes: Math.max(1, space[0].split('\n').length - 2) };
  if (source[at] !== '\\') return { length: 1, makes: 1 };
  const joined = /^\\\r?\n[ \t]*/.exec(source.slice(at, -1));
  if (joined) return { length: joined[0].length, makes: 0 };
  const letter = source[at + 1] ?? '';
  const length = 2 + (digits[letter] ?? 0);
  return { length, makes: letter === 'U' && Number.parseInt(source.slice(at + 2, at + 10), 16) > 0xffff ? 2 : 1 };
}
