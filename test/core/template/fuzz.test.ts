import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { Json } from '../../../src/core/json/json.ts';
import { stringifyJson } from '../../../src/core/json/stringify.ts';
import { compileTemplate } from '../../../src/core/template/index.ts';
import { sprigFunctions } from '../../../src/core/template/sprig/index.ts';
import { systemClock } from '../../../src/core/time/clock.ts';

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 300);

const limits = { steps: 20_000, bytes: 1_000_000, depth: 50 };

const zeros = (bytes: number): Uint8Array => new Uint8Array(bytes);

const functions = [
  ...sprigFunctions({ clock: systemClock, random: zeros }).keys(),
  'and',
  'or',
  'not',
  'eq',
  'lt',
  'index',
  'len',
  'print',
  'html',
  'js',
];

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;

const operand = fc.oneof(
  fc.constantFrom(
    '.',
    '$',
    '.Input',
    '.Input.a',
    '.Input.a.b',
    'nil',
    'true',
    '-1',
    '0',
    '1.5',
    "'x'",
    '""',
    '(list 1 "a")',
    '(dict "a" 1)',
    '(until 3)',
  ),
  fc.integer().map(String),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => JSON.stringify(text)),
  fc.string({ maxLength: 12 }).map((text) => JSON.stringify(text)),
);

const call = fc
  .tuple(fc.constantFrom(...functions), fc.array(operand, { maxLength: 4 }))
  .map(([name, operands]) => [name, ...operands].join(' '));

const piece = fc.oneof(
  call.map((text) => `{{ ${text} }}`),
  fc.array(call, { minLength: 1, maxLength: 3 }).map((calls) => `{{ ${calls.join(' | ')} }}`),
  operand.map((text) => `{{ $x := ${text} }}{{ $x }}`),
  fc
    .tuple(fc.constantFrom('if', 'with', 'range', 'range $i, $x :='), operand, call)
    .map(([word, text, inner]) => `{{ ${word} ${text} }}{{ ${inner} }}{{ else }}n{{ end }}`),
  fc
    .tuple(fc.constantFrom('%v', '%d', '%#v', '%5.2f', '%q', '%x', '%*d', '%[2]v', '%'), operand, operand)
    .map(([format, a, b]) => `{{ printf ${JSON.stringify(format)} ${a} ${b} }}`),
  fc.string({ maxLength: 10 }),
);

/** Tokens in any order: mostly no template at all. */
const noise = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '{{',
        '}}',
        '{{-',
        '-}}',
        'if',
        'else',
        'end',
        'range',
        'define',
        '"a"',
        '(',
        ')',
        '|',
        ':=',
        '=',
        '$x',
        '.a',
        ',',
        '1',
        "'",
        '`',
        '/*',
        '*/',
        ' ',
        '\n',
      ),
      fc.string({ maxLength: 3 }),
    ),
  )
  .map((tokens) => tokens.join(' '));

const source = fc.oneof(
  fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join('')),
  noise,
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => `{{${text}}}`),
);

test('every template gives a text or one of our errors, and leaves its input as it was', () => {
  fc.assert(
    fc.property(source, json, (text, input) => {
      const before = stringifyJson(input);
      try {
        expect(typeof compileTemplate(text, { limits, random: zeros }).render({ Input: input })).toBe('string');
      } catch (thrown) {
        if (!(thrown instanceof EngineError)) throw thrown;
        const { offset } = thrown.fields;
        if (thrown.code === 'EVENT_LIMIT') expect(offset).toBeUndefined();
        else {
          expect(['CONFIG_TEMPLATE', 'EVENT_TEMPLATE_FAILED']).toContain(thrown.code);
          expect(offset).toSatisfy((at: number) => at >= 0 && at <= text.length);
        }
      }
      expect(stringifyJson(input)).toBe(before);
    }),
    { numRuns: numRuns * 5 },
  );
});

test('a text without actions is itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!text.includes('{{'));
      expect(compileTemplate(text).render(null)).toBe(text);
    }),
    { numRuns },
  );
});

test('a string is printed as it is, and survives being quoted', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(compileTemplate('{{ .Input }}').render({ Input: text })).toBe(text);
      expect(compileTemplate('{{ .Input | b64enc | b64dec }}').render({ Input: text })).toBe(text);
      expect(compileTemplate('{{ .Input | toJson | fromJson }}').render({ Input: text })).toBe(text);
    }),
    { numRuns },
  );
});
