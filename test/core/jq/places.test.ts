import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { compileJq } from '../../../src/core/jq/index.ts';
import type { Json } from '../../../src/core/json/json.ts';

function failure(program: string, input: Json): EngineError {
  try {
    compileJq(program).first(input);
  } catch (thrown) {
    if (thrown instanceof EngineError) return thrown;
  }
  throw new Error(`${program} has not failed`);
}

/** The arrow stands under the term that fails. */
test.each<[program: string, arrow: string, input: Json]>([
  ['.a + 1', '   ^', { a: {} }],
  ['.a | .b.c', '       ^', { a: { b: 1 } }],
  ['.a.b[0].c', '       ^', { a: { b: [1] } }],
  ['[.[] | error("x")]', '       ^', [1]],
  ['.a | fromdate', '     ^', { a: 'x' }],
  ['.x |= (. | tonumber)', '           ^', { x: 'q' }],
  ['map(.a)', '    ^', [1]],
  ['reduce .[] as $x (0; . + $x)', '                       ^', [1, 'a']],
  ['reduce .[] as $x ({}; .[$x] += 1)', '                       ^', [1]],
  ['"\\(.a | keys)"', '        ^', { a: 1 }],
  ['try error("a") catch error("b")', '                     ^', null],
  ['def f: .a.b; f', '         ^', { a: 1 }],
  ['def f(g): g; f(.a.b)', '                 ^', { a: 1 }],
  ['def f: if . > 3 then .a else . + 1 | f end; f', '                     ^', 0],
  ['with_entries(.value += 1)', '                    ^', { a: 'x' }],
  ['limit(-1; 1)', '^', null],
  ['test("(" + .)', '^', 'x'],
  ['.a = .b.c', '       ^', { b: 1 }],
  ['path(1)', '^', null],
  ['1 | halt_error', '    ^', null],
  ['(.a, .b) as [$x] | $x', '^', { a: 1 }],
])('in %s the place is known\n     %s', (program, arrow, input) => {
  const { code, fields } = failure(program, input);

  expect({ code, offset: fields.offset }).toEqual({ code: 'EVENT_TRANSFORM_FAILED', offset: arrow.indexOf('^') });
});

test('every output before the error comes, then the error with its place', () => {
  const outputs: Json[] = [];
  const all = () => {
    for (const output of compileJq('1, 2, error("x"), 3').all(null)) outputs.push(output);
  };

  expect(all).toThrow(expect.objectContaining({ message: 'error: x', fields: { problem: 'error: x', offset: 6 } }));
  expect(outputs).toEqual([1, 2]);
});
