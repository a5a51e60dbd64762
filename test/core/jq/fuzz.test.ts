import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { compileJq } from '../../../src/core/jq/index.ts';
import type { Json } from '../../../src/core/json/json.ts';

const runs = Number(process.env['FUZZ_RUNS'] ?? 1_500);
const small = { steps: 50_000, bytes: 1_000_000, depth: 500 };

const programs = readFileSync(new URL('corpus.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => (JSON.parse(line) as { program: string }).program);
const words = [
  ...new Set(
    programs.flatMap((program) => program.match(/[A-Za-z_$@][\w]*|"(?:[^"\\]|\\.)*"|[0-9.]+|[-+*/%=<>!|?,;:.]+|[[\](){}]/g) ?? []),
  ),
];

const value = fc.jsonValue({ maxDepth: 3 }).map((json) => JSON.parse(JSON.stringify(json)) as Json);

/** A program that means nothing: words of other programs, in a row. */
const nonsense = fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((chosen) => chosen.join(' '));

/** A program that may mean something: others, joined and with a piece cut out or put in. */
const mixed = fc
  .tuple(
    fc.constantFrom(...programs),
    fc.constantFrom(' | ', ' , ', ' + ', ' // ', ' as $x | '),
    fc.constantFrom(...programs),
    fc.nat(),
    fc.nat(4),
    fc.constantFrom('', ...words),
  )
  .map(([left, operator, right, at, size, word]) => {
    const text = `${left}${operator}${right}`;
    const place = at % (text.length + 1);
    return at % 3 === 0 ? text : `${text.slice(0, place)}${word}${text.slice(place + size)}`;
  });

test.each([
  ['words in a row', nonsense],
  ['mixed programs', mixed],
  ['any text', fc.string({ unit: 'binary', maxLength: 30 })],
])('%s give a value or an error of ours, and leave the input alone', (_name, program) => {
  fc.assert(
    fc.property(program, value, (text, input) => {
      const before = JSON.stringify(input);
      try {
        for (const _output of compileJq(text, small).all(input));
      } catch (thrown) {
        if (!(thrown instanceof EngineError)) throw thrown;
        expect(['CONFIG_JQ', 'EVENT_TRANSFORM_FAILED', 'EVENT_LIMIT']).toContain(thrown.code);
        if (thrown.code !== 'EVENT_LIMIT')
          expect(thrown.fields.offset).toSatisfy((offset) =>
            offset === undefined ? thrown.code !== 'CONFIG_JQ' : offset >= 0 && offset <= text.length,
          );
      }
      expect(JSON.stringify(input)).toBe(before);
    }),
    { numRuns: runs },
  );
});

test('every runtime error of the corpus has its place', () => {
  const without = readFileSync(new URL('corpus.jsonl', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { program: string; input: Json; error?: string })
    .filter(({ program, input, error }) => {
      if (error === undefined) return false;
      try {
        for (const _output of compileJq(program).all(input));
        return false;
      } catch (thrown) {
        return thrown instanceof EngineError && thrown.fields.offset === undefined;
      }
    });

  expect(without.map(({ program }) => program)).toEqual([]);
});
