import fc from 'fast-check';

/** What has broken parsers before, in any language. */
const nasty = [
  ...['', ' ', '\n', '\r\n', '\t', '\0', '\u2028', '\ufeff', '\ufffd', '\ud800', 'é', '😀', '\\', '"', "'", '`', '%', '%zz', '%0d%0a'],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'valueOf',
    'hasOwnProperty',
    'null',
    'NaN',
    'Infinity',
    '-0',
    '1e400',
    '-1',
    '0x1p-2',
  ],
  ...[
    '99999999999999999999',
    '1e9',
    '.',
    '..',
    ',',
    ':',
    ';',
    '|',
    '&',
    '*',
    '<<',
    '$',
    '$(',
    '{{',
    '}}',
    '@',
    '#',
    '!',
    '!!binary',
    '-',
    '/*',
  ],
];

const brackets = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['{"a":', '}'],
  ['if ', ' end'],
  ['not ', ''],
  ['-', ''],
  ['!', ''],
  ['- ', ''],
  ['"', '"'],
] as const;

/** One change of a text, with the words of its language; `at` and `size` choose the place. */
interface Change {
  readonly kind: 'cut' | 'put' | 'double' | 'swap' | 'flip' | 'nest' | 'repeat' | 'rename';
  readonly at: number;
  readonly size: number;
  readonly word: string;
}

function changed(text: string, { kind, at, size, word }: Change): string {
  const start = at % (text.length + 1);
  const end = Math.min(text.length, start + (size % 12));
  const [before, piece, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
  const [open, close] = brackets[size % brackets.length]!;
  const depth = at % 23 === 0 ? 3_000 : at % 9;
  switch (kind) {
    case 'cut':
      return before + after;
    case 'put':
      return before + word + after;
    case 'double':
      return before + piece + piece + after;
    case 'swap':
      return after + piece + before;
    case 'flip':
      return before + piece.replace(/./su, (one) => String.fromCodePoint((one.codePointAt(0)! ^ (1 << (size % 8))) & 0x10ffff)) + after;
    case 'nest':
      return before + open.repeat(depth) + piece + close.repeat(depth) + after;
    case 'rename': {
      const names = [...text.matchAll(/[A-Za-z_]\w*/g)];
      const { 0: name, index } = names[at % names.length] ?? { 0: '', index: 0 };
      return text.slice(0, index) + word + text.slice(index + name.length);
    }
    case 'repeat':
      return before + (piece + word).repeat(at % 23 === 0 ? 2_000 : at % 5) + after;
  }
}

/** Texts that are nearly those of a language: examples of it, joined, cut, nested and mixed with words of others. */
export function nearly(seeds: readonly string[]): fc.Arbitrary<string> {
  if (seeds.length === 0) throw new Error('no example to begin with');
  const words = [...new Set(seeds.flatMap((seed) => seed.slice(0, 2_000).match(/[\w$@.-]+|[^\w\s]{1,3}/g) ?? []))].slice(0, 3_000);
  const seed = fc.constantFrom(...seeds);
  const word = fc.oneof(fc.constantFrom(...nasty), fc.constantFrom(...words));
  const change = fc.record<Change>({
    kind: fc.constantFrom('cut', 'put', 'put', 'put', 'double', 'swap', 'flip', 'nest', 'repeat', 'rename', 'rename'),
    at: fc.nat(),
    size: fc.nat(),
    word,
  });
  const mutant = fc
    .tuple(seed, fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([text, changes]) => changes.reduce((so, one) => changed(so, one), text));
  const joined = fc.tuple(seed, seed, fc.nat(), fc.nat()).map(([one, other, at, from]) => {
    return one.slice(0, at % (one.length + 1)) + other.slice(from % (other.length + 1));
  });
  const nonsense = fc.array(word, { maxLength: 15 }).map((chosen) => chosen.join(' '));
  return fc.oneof(
    { weight: 8, arbitrary: mutant },
    { weight: 3, arbitrary: joined },
    { weight: 2, arbitrary: nonsense },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  );
}
