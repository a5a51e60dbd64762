import type { Json } from '../../../src/core/json/json.ts';

/** What a program came to: `value:` and JSON text, `nothing`, or the code and message of an error. */
export interface Answers {
  readonly program: string;
  readonly ours: string;
  readonly theirs: string;
}

/** Where our engine and gojq part, and are meant to. The page on jq lists them in these words. */
export interface KnownDifference {
  readonly says: string;
  /** Whether two answers that differ do so for this reason. */
  readonly is: (answers: Answers) => boolean;
  /** Programs that show it, with their inputs. */
  readonly shows: readonly (readonly [program: string, input?: Json])[];
}

const refused = (answer: string): boolean => answer.startsWith('CONFIG_JQ');
const failed = (answer: string): boolean => answer.startsWith('EVENT_TRANSFORM_FAILED');
const onlyHere = /\$__loc__|\b(?:ascii|toarray|date|dateadd|datesub|leaf_paths|have_literal_numbers|have_decnum)\b|@base32d?\b|\{@\w+ "/;
const onlyThere = /\b(?:erfc?|j[01n]|y[01n]|modulemeta)\b/;

export const knownDifferences: readonly KnownDifference[] = [
  {
    says: 'There, but not in gojq: `$__loc__`, `ascii`, `toarray`, `date`, `dateadd`, `datesub`, `leaf_paths`, `have_literal_numbers`, `have_decnum`, `@base32`, `@base32d`, a format before a key of an object.',
    is: ({ program, ours, theirs }) => onlyHere.test(program) && !refused(ours) && /not defined|unexpected token/.test(theirs),
    shows: [
      ['$__loc__.line'],
      ['ascii', 65],
      ['toarray', 1],
      ['date', 0],
      ['dateadd("seconds"; 1)', 0],
      ['datesub("seconds"; 1)', 0],
      ['[leaf_paths]', [1]],
      ['have_literal_numbers'],
      ['have_decnum'],
      ['@base32', 'a'],
      ['@base32d', 'NBSWY3DP'],
      ['{@base64 "\\(.)": 1}', 'a'],
    ],
  },
  {
    says: 'In gojq, but not here: `erf`, `erfc` and the Bessel functions `j0 j1 jn y0 y1 yn`, which no event needs, and `modulemeta`, because a program stands alone.',
    is: ({ program, ours, theirs }) => onlyThere.test(program) && refused(ours) && !refused(theirs),
    shows: [['erf', 1], ['erfc', 1], ['j0', 1], ['j1', 1], ['jn(2; 1)'], ['y0', 1], ['y1', 1], ['yn(2; 1)'], ['modulemeta', 'a']],
  },
  {
    says: '`gamma`, `lgamma` and `tgamma` are good to 14 digits, and `fma` rounds twice.',
    is: ({ program, ours, theirs }) => /gamma|fma/.test(program) && !failed(ours) && !failed(theirs),
    shows: [['tgamma', 1 / 7], ['lgamma', 1 / 7], ['gamma', 1 / 7], ['fma(0.1; 10; -1)']],
  },
  {
    says: 'A whole number is an integer however it is written: `1.0` is `1`, and an integer times `1.0` keeps its digits; gojq keeps the text of a number until it counts with it.',
    is: ({ program, ours, theirs }) => /\d\.0|\de\d|fromjson/.test(program) && !failed(ours) && !failed(theirs) && !refused(theirs),
    shows: [['. * 1.0', 12345678901234567890n], ['"1.0" | fromjson | tojson'], ['"1e1000" | fromjson | tojson']],
  },
  {
    says: 'What a program cannot have is refused at load, also where nobody would get there: `input`, `inputs`, a format that does not exist.',
    is: ({ program, ours, theirs }) => /\binputs?\b|@\w/.test(program) && refused(ours) && !refused(theirs),
    shows: [['input'], ['[inputs]'], ['first(1, @foo)']],
  },
  {
    says: '`.a[.key]?` looks for `.key` in the input, as `.a[.key]` does; gojq looks for it in `.a`.',
    is: ({ program, ours }) => /\[\.\w+\]\?/.test(program) && !failed(ours),
    shows: [['.a[.key]?', { a: { k: 1 }, key: 'k' }]],
  },
  {
    says: '`halt_error` cannot be caught, as in gojq itself; an outside engine catches it with the program.',
    is: ({ program }) => /halt_error/.test(program),
    shows: [
      ['try halt_error catch .', 'x'],
      ['halt_error', 'x'],
    ],
  },
  {
    says: 'The message of `error("x")` is `error: x`, as Argo reports it; of an outside engine it is `x`.',
    is: ({ ours, theirs }) => failed(theirs) && ours === theirs.replace(': ', ': error: '),
    shows: [['error("x")'], ['limit(-1; 1)']],
  },
  {
    says: 'The reason that `fromjson` gives for broken JSON, and the sentence for what does not parse, are ours.',
    is: ({ program, ours, theirs }) => (refused(ours) && refused(theirs)) || (/fromjson/.test(program) && failed(ours) && failed(theirs)),
    shows: [['"{" | fromjson'], ['1 +']],
  },
  {
    says: 'As in gojq 0.12.20, and not in 0.12.19, which Argo has: `.a?//1` needs no space, `abs` takes what it need not negate, and `getpath` says what it expected.',
    is: ({ program, ours, theirs }) =>
      (/\?\/\//.test(program) && refused(theirs)) || (/\b(?:abs|getpath)\b/.test(program) && ours !== theirs),
    shows: [
      ['.a?//1', {}],
      ['abs', 'a'],
      ['getpath(["a", "b"])', { a: 1 }],
    ],
  },
];
