import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { JsonObject } from '../../../src/core/json/json.ts';
import { goJson } from '../../../src/core/json/stringify.ts';
import { compileLua } from '../../../src/core/lua/index.ts';

/** What gopher-lua 1.1.2 answers, with Argo's way from JSON and back. One of the four is set. */
interface Case {
  readonly script: string;
  /** The table that it returns, as JSON text. */
  readonly table?: string;
  /** Whether it returns true, where it returns no table. */
  readonly isTrue?: boolean;
  readonly fails?: true;
  readonly refused?: true;
}

const corpus: readonly Case[] = readFileSync(new URL('corpus.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

const event = freeze<JsonObject>({
  a: 1,
  b: 'text',
  c: true,
  d: [1, 2, 3],
  e: { f: 'g', h: [{ i: 1 }, { i: 2 }] },
  n: null,
  z: [],
  big: 1234567890123,
  x: 1.5,
  m: [1, null, 'two', [3], { k: null }],
});

/** In one test, because a thousand of them would take longer to list than to run. */
test('every script of the corpus answers what gopher-lua answers', () => {
  const wrong = corpus
    .map((one) => ({ ...one, got: answer(one) }))
    .filter(({ script: _, got, ...wanted }) => JSON.stringify(wanted) !== JSON.stringify(got));

  expect(wrong).toEqual([]);
});

test('there are more than a thousand of them, of all kinds', () => {
  expect(corpus.length).toBeGreaterThan(1000);
  expect(corpus.filter(({ fails }) => fails).length).toBeGreaterThan(10);
  expect(corpus.filter(({ refused }) => refused).length).toBeGreaterThan(30);
});

function answer({ script, isTrue }: Case): Omit<Case, 'script'> {
  try {
    const program = compileLua(script);
    return isTrue === undefined ? { table: goJson(program.table(event)) } : { isTrue: program.isTrue(event) };
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return thrown.code === 'CONFIG_LUA' ? { refused: true } : { fails: true };
  }
}

/** An input that is changed is an error, not a surprise for the next script. */
function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}
