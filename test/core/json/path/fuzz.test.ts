import fc from 'fast-check';
import { expect, test } from 'vitest';
import { equalJson } from '../../../../src/core/json/equal.ts';
import type { Json } from '../../../../src/core/json/json.ts';
import { parseJson } from '../../../../src/core/json/parse.ts';
import { checkPath, compilePath } from '../../../../src/core/json/path/index.ts';
import { goJson } from '../../../../src/core/json/stringify.ts';
import { path } from '../arbitrary.ts';

const runs = Number(process.env['FUZZ_RUNS'] ?? 1_500);

const key = fc.oneof(fc.constantFrom('a', 'b', '0', '1', 'a.b', '__proto__', 'é', 'a/b-c_d', '<', ''), fc.string({ maxLength: 3 }));
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(null, true, false, 0, 1, -1.5, 1e21, 12345678901234567890n, '', 'a', '1', 'é"\n', '\ud800'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }) as fc.Arbitrary<Json>,
  ),
}));

test('any path finds something or nothing in any text', () => {
  fc.assert(
    fc.property(path, fc.oneof(value.map(goJson), fc.string({ unit: 'binary' })), (text, json) => {
      checkPath(text);
      const found = compilePath(text).get(json);

      expect(
        typeof (found?.text ?? '') === 'string' &&
          typeof (found?.number ?? 0) === 'number' &&
          typeof (found?.boolean ?? true) === 'boolean',
      ).toBe(true);
    }),
    { numRuns: runs },
  );
});

test('what is read from a value is what is found in its text', () => {
  const keys = fc.array(fc.oneof(key, fc.constantFrom('#', '@keys', '-1', '01')), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(value, keys, (json, parts) => {
      const compiled = compilePath(parts.map((part) => part.replaceAll('.', '\\.')).join('.'));
      const [read, got] = [compiled.read(json), compiled.get(goJson(json))].map(
        (found) => found && { type: found.type, raw: found.raw, text: found.text, number: found.number, boolean: found.boolean },
      );

      expect(read).toEqual(got);
    }),
    { numRuns: runs },
  );
});

test('a value is found under its keys, whatever they hold', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
      value,
      (keys, inner) => {
        const whole = keys.reduceRight<Json>((so, name) => Object.fromEntries([[name, so]]), inner);
        const text = keys.map((name) => name.replace(/[\\.|#@*?!{}[\]()%=<>]/g, '\\$&')).join('.');
        fc.pre(!/^(?:\.\.|[@!])/.test(text));

        expect(equalJson(parseJson(compilePath(text).get(goJson(whole))!.raw), parseJson(goJson(inner)))).toBe(true);
      },
    ),
    { numRuns: Math.ceil(runs / 3) },
  );
});

test('a limit met in one search says nothing about the next', () => {
  const path = compilePath(Array(30).fill('[@this,@this]').join('|'));

  expect(() => path.get('[1]')).toThrow('stopped after 20000000 characters');
  expect(compilePath('a|@this|@this').get('{"a":1}')?.raw).toBe('1');
  expect(() => path.get('[1]')).toThrow('stopped after 20000000 characters');
});
