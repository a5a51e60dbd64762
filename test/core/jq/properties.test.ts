import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileJq } from '../../../src/core/jq/index.ts';
import { equalJson } from '../../../src/core/json/equal.ts';
import type { Json } from '../../../src/core/json/json.ts';

const json = fc.jsonValue({ maxDepth: 4, noUnicodeString: false }).map((value) => JSON.parse(JSON.stringify(value)) as Json);
const object = fc.dictionary(fc.string({ unit: 'grapheme' }), json).map((value) => JSON.parse(JSON.stringify(value)) as Json);

/** The program answers `true`, and leaves its input as it was. */
const holds = (program: string, values: fc.Arbitrary<Json>) => {
  const compiled = compileJq(program);
  fc.assert(
    fc.property(values, (value) => {
      const before = JSON.stringify(value);
      expect(compiled.first(value)).toBe(true);
      expect(JSON.stringify(value)).toBe(before);
    }),
  );
};

test('`.` is the input itself', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(compileJq('.').first(value)).toBe(value);
    }),
  );
});

test.each([
  ['. as $in | (to_entries | from_entries) == $in'],
  ['. as $in | with_entries(.) == $in'],
  ['. as $in | map_values(.) == $in'],
  ['. as $in | ([keys[] as $k | {($k): $in[$k]}] | add // {}) == $in'],
  ['(keys | sort) == keys'],
])('%s, for objects', (program) => holds(program, object));

test.each([
  ['. as $in | (tojson | fromjson) == $in'],
  ['. as $in | all(paths; . as $p | ($in | setpath($p; $in | getpath($p))) == $in)'],
  ['. as $in | all(paths; . as $p | ($in | setpath($p; "new") | getpath($p)) == "new")'],
  ['. as $in | all(paths; . as $p | ($in | delpaths([$p]) | [paths] | length) < ($in | [paths] | length))'],
  ['. as $in | fromstream(tostream) == $in'],
  ['. as $in | walk(.) == $in'],
  ['. as $in | (.. |= .) == $in'],
  ['. as $in | reduce (paths(scalars) as $p | {$p, v: getpath($p)}) as {$p, $v} ($in; setpath($p; $v)) == $in'],
  ['[..] | length == ([.[0] | paths] | length + 1)'],
  ['[..] | sort as $s | ($s | reverse | sort) == $s and ($s | unique | length) == (group_by(.) | length)'],
  ['[..] | (sort | .[0]) == min and (sort | .[-1]) == max'],
  ['(. <= .) and (. == .) and ([.] | contains([])) and (if type == "number" then true else ([., 1] | index([1])) == 1 end)'],
])('%s, for all values', (program) => holds(program, json));

test.each([
  ['. as $s | (explode | implode) == $s'],
  ['. as $s | (@base64 | @base64d) == $s'],
  ['. as $s | (@base32 | @base32d) == $s'],
  ['. as $s | (@uri | @urid) == $s'],
  ['. as $s | ([.[0:2], .[2:]] | add) == $s and length == ($s | explode | length)'],
  ['. as $s | (split(",") | join(",")) == $s'],
  ['. as $s | [splits("[a-c]+")] | (join("") | length) <= ($s | length)'],
])('%s, for texts', (program) => holds(program, fc.string({ unit: 'grapheme' })));

test.each([
  ['(.[0] + .[1]) - .[1] == .[0]'],
  ['(.[0] * .[1]) == (.[1] * .[0])'],
  ['.[1] == 0 or (((.[0] / .[1] | if . < 0 then ceil else floor end) == (.[0] / .[1])) or (.[0] % .[1]) != 0)'],
  ['(.[0] | tostring | tonumber) == .[0]'],
  ['([.[0], .[1]] | sort | .[0] <= .[1])'],
])('%s, for integers of any size', (program) => {
  const integer = fc
    .bigInt({ min: -(2n ** 80n), max: 2n ** 80n })
    .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value));
  holds2(program, fc.tuple(integer, integer));
});

function holds2(program: string, values: fc.Arbitrary<[Json, Json]>): void {
  const compiled = compileJq(program);
  fc.assert(fc.property(values, (value) => compiled.first(value) === true));
}

test('a reduce that changes its state in place gives what a careful one gives', () => {
  const steps = [
    '.a += [$x]',
    '.b = .a',
    '.a = $x',
    '.c.d = .b',
    '. + {e: [$x]}',
    '.e += .a?',
    '.a |= [., .]',
    '.f = [.]',
    'del(.a)',
    '.b.b = $x',
    'if .a then .g = .a else . end',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...steps), { minLength: 1, maxLength: 5 }), (chosen) => {
      const update = chosen.map((step) => `(${step})`).join(' | ');
      const quick = compileJq(`[reduce range(4) as $x ({}; try (${update}) catch .), (try reduce range(4) as $x ({}; ${update}) catch .)]`);
      // A value bound to a variable is never changed in place.
      const careful = compileJq(
        `[reduce range(4) as $x ({}; try (${update}) catch .), (try reduce range(4) as $x ({}; . as $s | $s | ${update}) catch .)]`,
      );
      expect(equalJson(quick.first(null)!, careful.first(null)!)).toBe(true);
    }),
  );
});

test('bytes that are no text are U+FFFD each, as in Go', () => {
  const bytes = (hex: string) => compileJq('@base64d').first(Buffer.from(hex, 'hex').toString('base64'));

  expect(bytes('e282ac61')).toBe('\u20aca');
  expect(bytes('e28261')).toBe('\ufffd\ufffda');
  expect(bytes('eda080f09f9880ff')).toBe('\ufffd\ufffd\ufffd\u{1f600}\ufffd');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(bytes(Buffer.from(text).toString('hex'))).toBe(text);
    }),
  );
});
