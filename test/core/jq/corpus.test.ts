import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { compileJq } from '../../../src/core/jq/index.ts';
import type { Json, JsonObject } from '../../../src/core/json/json.ts';
import { parseJson } from '../../../src/core/json/parse.ts';

/** Programs with what gojq 0.12.20 answers. `refused`: it does not compile; `error`: its message, after the outputs. One case a line. */
const corpus = readFileSync(new URL('corpus.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => parseJson(line) as JsonObject & { program: string; input: Json; outputs: Json[]; refused?: boolean; error?: string });

test.each(corpus)('$program', ({ program, input, outputs, refused = false, error }) => {
  const frozen = freeze(input);

  const answer = run(program, frozen);

  expect(answer).toEqual({ outputs: plain(outputs), refused, error });
});

test('there are several hundred of them', () => {
  expect(corpus.length).toBeGreaterThan(500);
});

function run(program: string, input: Json): { outputs: Json[]; refused: boolean; error: string | undefined } {
  const outputs: Json[] = [];
  try {
    for (const output of compileJq(program).all(input)) outputs.push(plain(output));
    return { outputs, refused: false, error: undefined };
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    const refused = thrown.code === 'CONFIG_JQ';
    return { outputs, refused, error: refused ? undefined : thrown.message };
  }
}

/** An input that is changed is an error, not a surprise for the next program. */
function freeze<T extends Json>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

/** As it would be on paper: whole numbers alike, no minus zero, and null and the largest double for what JSON cannot say. */
function plain(value: Json): Json {
  if (typeof value === 'number') {
    const finite = Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value)) + 0;
    if (Number.isNaN(finite)) return null;
    return Number.isInteger(finite) && !Number.isSafeInteger(finite) ? BigInt(finite) : finite;
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
