import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { compileArgoExpression, compileGovaluate } from '../../../src/core/expression/index.ts';
import type { GoValue } from '../../../src/core/go/values.ts';
import type { JsonObject } from '../../../src/core/json/json.ts';
import { typed } from './typed.ts';

/** The answers are those of the Go libraries that Argo Events uses. A line with an `env` holds it for the lines behind it. */
interface Line {
  readonly env?: JsonObject;
  readonly expr: string;
  readonly result?: unknown;
  readonly error?: 'compile' | 'run';
}

type Language = (text: string) => { evaluate(env: JsonObject): GoValue };

function outcomes(language: Language, name: string): { got: unknown[]; wanted: unknown[] } {
  const lines = readFileSync(new URL(`./corpus-${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  let env: JsonObject = {};
  const got: unknown[] = [];
  const wanted: unknown[] = [];
  for (const line of lines) {
    const { env: next, expr, result, error } = JSON.parse(line) as Line;
    if (next) env = next;
    else {
      wanted.push(error ? { expr, error } : { expr, result: inOurDigits(result) });
      got.push(outcome(language, expr, env));
    }
  }
  return { got, wanted };
}

function outcome(language: Language, expr: string, env: JsonObject): unknown {
  let phase: 'compile' | 'run' = 'compile';
  try {
    const program = language(expr);
    phase = 'run';
    return { expr, result: inOurDigits(typed(program.evaluate(env))) };
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return { expr, error: phase };
  }
}

/** Floats by their value: Go and we may write the same one differently. */
const inOurDigits = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, one) =>
    key === 'float' && /\d/.test(one) ? `${Object.is(Number(one), -0) ? '-0' : Number(one)}` : one,
  );

test('govaluate gives what the Go library gives', () => {
  const { got, wanted } = outcomes(compileGovaluate, 'govaluate');

  expect(wanted.length).toBeGreaterThan(600);
  expect(got).toEqual(wanted);
});

test('expr-lang gives what the Go library gives', () => {
  const { got, wanted } = outcomes(compileArgoExpression, 'expr');

  expect(wanted.length).toBeGreaterThan(1000);
  expect(got).toEqual(wanted);
});
