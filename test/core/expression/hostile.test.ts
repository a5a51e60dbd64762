import { describe, expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { compileArgoExpression, compileGovaluate } from '../../../src/core/expression/index.ts';
import type { JsonObject } from '../../../src/core/json/json.ts';
import { hostile } from './hostile.ts';

const languages = { govaluate: compileGovaluate, 'expr-lang': compileArgoExpression };

describe.each(Object.entries(languages))('%s ends, and harms nothing:', (_, compile) => {
  test.each(hostile.map(({ name, text, input = {} }) => ({ name, text, input })))('$name', ({ text, input }) => {
    expect(ends(() => compile(text).evaluate(input as JsonObject))).toBe(true);
  });
});

/** Whether it gives a value or an error of ours. */
function ends(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch (thrown) {
    if (thrown instanceof EngineError) return true;
    throw thrown;
  }
}

test('what spends too much is told what it has spent', () => {
  const told = (text: string, input: JsonObject) => {
    try {
      return compileArgoExpression(text).evaluate(input);
    } catch (thrown) {
      return (thrown as Error).message;
    }
  };
  const a = Array.from({ length: 2000 }, (_, index) => index);

  expect(told('all(a, all(a, true))', { a })).toBe('stopped after 1000000 steps: the expression does too much');
  expect(told('reduce(1..60, #acc + #acc, "x")', {})).toBe('stopped after 16777216 bytes: the expression makes too much');
});

test('nothing in the language catches a limit', () => {
  const a = Array.from({ length: 2000 }, (_, index) => index);

  expect(() => compileArgoExpression('get(map(a, all(a, true)), 0) ?? first(a)').evaluate({ a })).toThrow('stopped after');
});
