import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { compileJq, type JqLimits } from '../../../src/core/jq/index.ts';
import type { Json } from '../../../src/core/json/json.ts';

function ending(program: string, limits: Partial<JqLimits> = {}, input: Json = null): string {
  try {
    return `gave ${JSON.stringify(compileJq(program, limits).first(input))}`;
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return `${thrown.code}: ${thrown.message}`;
  }
}

const endless = 'EVENT_LIMIT: stopped after 100000 steps: the jq program does not seem to end';
const large = 'EVENT_LIMIT: stopped after 100000 bytes: the jq program builds too much';
const deep = 'EVENT_LIMIT: stopped after 500 calls inside calls: the jq program calls itself too deeply';
const small: JqLimits = { steps: 100_000, bytes: 100_000, depth: 500 };

test.each([
  ['last(repeat(1))', endless],
  ['def f: f; f', endless],
  ['def f: (. + 1 | f); 0 | f', endless],
  ['until(false; .)', endless],
  ['last(while(true; .))', endless],
  ['last(range(1e18))', endless],
  ['reduce range(1e18) as $i (0; . + 1)', endless],
  ['last(recurse(.))', endless],
  ['[] | until(length > 0; try (.a | length) catch [])', endless],
  ['reduce range(60) as $i (3; . * .) | length', large],
  ['[range(1e9)]', large],
  ['[limit(1e9; repeat(0))]', large],
  ['"x" * 1e9', large],
  ['reduce range(1e9) as $i ("x"; . + .)', large],
  ['"x" | until(false; . + .)', large],
  ['"x" | until(false; "\\(.)\\(.)")', large],
  ['[0] | until(false; . + .)', large],
  ['[0] | until(false; [., .] | flatten)', large],
  ['.[1e7] = 1', large],
  ['reduce range(1e9) as $i ({}; .["k\\($i)"] = 1)', large],
  ['reduce range(1e9) as $i ([]; . + [$i])', large],
  ['[recurse(. + 1)]?', large],
  ['[paths(true)] | until(false; [.[], .[]])', 'steps or bytes'],
  ['recurse(.[0]?) |= .[]?', large, 'ab'],
  ['def f: 1 + f; f', deep],
  ['def f: [f]; f', deep],
  ['def f(g): g | f(g); 1 | f(. + 1)', 'steps or depth'],
] as [string, string, Json?][])('%s ends: %s', (program, message, input = null) => {
  const end = ending(program, small, input);

  if (message.includes(' or ')) expect(end).toMatch(/^(EVENT_LIMIT: stopped after |gave )/);
  else expect(end).toBe(message);
});

test.each([
  ['try last(repeat(1)) catch "caught"', endless],
  ['last(repeat(1))?', endless],
  ['[.[]?, (last(repeat(1))?)] // 1', endless],
  ['. as [$a] ?// $a | last(repeat(1))', endless],
  ['label $x | last(repeat(1))', endless],
  ['try ("x" * 1e9) catch "caught"', large],
  ['try (def f: 1 + f; f) catch "caught"', deep],
])('%s cannot get past the limit', (program, message) => {
  expect(ending(program, small)).toBe(message);
});

test('the stack of the process ends in the same error', () => {
  expect(ending('def f: 1 + f; f', { depth: 1e9 })).toBe(
    'EVENT_LIMIT: stopped after all of the stack: the jq program calls itself too deeply',
  );
});

test.each([
  ['def f: if . > 100000 then . else . + 1 | f end; 0 | f', 100_001],
  ['def f($n): if $n > 100000 then $n else f($n + 1) end; f(0)', 100_001],
  ['def f: if . > 100000 then empty else ., (. + 1 | f) end; [0 | f] | length', 100_001],
  ['def g: def h: if . > 50000 then . else (. + 1 | g) end; h; 0 | g', 50_001],
  ['[recurse(if . < 100000 then . + 1 else empty end)] | length', 100_001],
  ['reduce range(1000000) as $i (0; . + $i)', 499_999_500_000],
  ['reduce range(100000) as $i ({}; .["k\\($i % 1000)"] += 1) | length', 1000],
  ['reduce range(100000) as $i ([]; . + [$i]) | length', 100_000],
  ['[range(100000)] | map(tostring) | join(",") | length', 588_889],
  ['[range(50000)] | (.[] |= . + 1) | add', 1_250_025_000],
  ['reduce range(3000) as $i (0; [.]) | [..] | length', 3001],
  ['first(range(1e18)), first(repeat(1))', 0],
  ['any(range(1e18); . == 5)', true],
] as [string, Json][])('%s is within the limits: %j', (program, output) => {
  expect(compileJq(program).first(null)).toEqual(output);
});

test('an output may be as large as all that a run may make, and as deep as JSON may be, however few steps made it', () => {
  const shared = (levels: number) => `{a: reduce range(${levels}) as $i (0; [., .])}`;
  const nested = (levels: number) => `{a: reduce range(${levels}) as $i (0; [.])}`;

  expect(ending(shared(10), small)).toMatch(/^gave \{"a":\[\[/);
  expect(ending(shared(60), small)).toBe(large);
  expect(ending(`${shared(60)} | ., .`, small)).toBe(large);
  expect(ending(nested(1_999))).toMatch(/^gave /);
  expect(ending(nested(2_000))).toBe('EVENT_LIMIT: stopped after 2000 levels: the jq program nests too deeply');
  expect(ending(nested(100_000))).toBe('EVENT_LIMIT: stopped after 2000 levels: the jq program nests too deeply');
});

test('an error with a value that would never end as text says its beginning', () => {
  const failing = (program: string) => ending(`reduce range(60) as $i (0; [., .]) | ${program}`);

  expect(failing('error')).toMatch(/^EVENT_TRANSFORM_FAILED: error: \[{60}0,0\],\[0,0\].{1,2000} \.\.\.$/);
  expect(failing('halt_error')).toMatch(/^EVENT_TRANSFORM_FAILED: halt error: \[{60}0,0\].{1,2000} \.\.\.$/);
  expect(failing('try error catch (.[0] | length)')).toBe('gave 2');
  expect(ending('reduce range(100000) as $i (0; [.]) | error')).toBe(`EVENT_TRANSFORM_FAILED: error: ${'['.repeat(2_000)} ...`);
  expect(ending('error("x" * 3000)')).toBe(`EVENT_TRANSFORM_FAILED: error: ${'x'.repeat(2_000)} ...`);
});

test('a limit met in one run says nothing about the next', () => {
  const program = compileJq('if . then last(repeat(1)) else "fine" end', small);

  expect(() => program.first(true)).toThrow(endless.replace('EVENT_LIMIT: ', ''));
  expect(program.first(false)).toBe('fine');
});

test('only what is asked for is worked out', () => {
  expect(compileJq('1, error("never")').first(null)).toBe(1);
  expect(compileJq('empty').first(null)).toBeUndefined();
});
