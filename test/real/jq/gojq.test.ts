import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { compileJq, openExternalJq } from '../../../src/core/jq/index.ts';
import type { Json } from '../../../src/core/json/json.ts';
import { parseJson } from '../../../src/core/json/parse.ts';
import { goJson } from '../../../src/core/json/stringify.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { find } from '../../../tools/servers.mjs';
import { gojqBuiltins } from '../../core/jq/gojq-builtins.ts';
import { type Answers, knownDifferences } from '../../core/jq/known-differences.ts';

const path = find('gojq');
if (!path) {
  const missing = 'gojq is missing: node tools/servers.mjs builds it';
  if (process.env['CI']) throw new Error(missing);
  console.log(`${missing}; the comparison of our jq with it is skipped`);
}

/** Each third case, unless more is asked for: a new program takes some 30 ms, two children to check it and one to run it. */
const corpus = readFileSync(new URL('../../core/jq/corpus.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => parseJson(line) as { program: string; input: Json })
  .filter((_, index) => process.env['FUZZ_RUNS'] || index % 3 === 0);

/** Numbers as text, where engines part most easily. */
const numbers: readonly (readonly [program: string, input?: Json])[] = [
  ...[
    '1.0',
    '1e17',
    '1e1000',
    '-1e1000',
    '-0',
    '0.1e-6',
    '1e21',
    '1e23',
    '9007199254740993',
    '123456789012345678901234567890',
    '1.10',
  ].flatMap((text) =>
    [
      `${text} | tojson`,
      `[${text}] | tostring`,
      `${text} + 1 | tojson`,
      `"${text}" | tonumber | . * 2 | tojson`,
      `-(${text}) | tojson`,
    ].map((program) => [program] as const),
  ),
  ['[.[] | tojson, . + 1, . / 2, floor]', [1.5, 1e21, 1e-7, 12345678901234567890n, 9007199254740992n, 5]],
  ['[.[] * .[], .[] - .[], .[] % 7]', [3, 2.5, 12345678901234567890n]],
  ['18446744073709551616 == pow(2; 64), 1e17 == 100000000000000000'],
  ['[1.0, 1e17, 2.50] | @csv, @json, @text'],
];

describe.skipIf(!path)('our engine and gojq itself', () => {
  const jq = path ? openExternalJq({ path, clock: systemClock }) : undefined;
  afterAll(() => jq?.[Symbol.asyncDispose]());

  const ours = (program: string, input: Json): Promise<string> => answer(async () => compileJq(program).first(input));
  async function compare(cases: readonly (readonly [program: string, input?: Json])[]): Promise<Answers[]> {
    const answers: Answers[] = [];
    for (const [program, input = null] of cases) {
      answers.push({ program, ours: await ours(program, input), theirs: await answer(() => jq!.compile(program).first(input)) });
    }
    return answers;
  }

  test('give the same for every program of the corpus, but for what the page on jq says', async () => {
    const answers = await compare([...corpus.map(({ program, input }) => [program, input] as const), ...numbers]);

    const unexplained = answers.filter((one) => one.ours !== one.theirs && !knownDifferences.some(({ is }) => is(one)));
    expect(unexplained).toEqual([]);
    expect(answers.length).toBeGreaterThan(600);
  }, 300_000);

  test.each(knownDifferences)('part as the page says: $says', async ({ is, shows }) => {
    const answers = await compare(shows);

    expect(answers.filter((one) => one.ours === one.theirs || !is(one))).toEqual([]);
  });

  test('have the built-ins that we know of', async () => {
    expect(await jq!.compile('builtins | sort').first(null)).toEqual(gojqBuiltins);
  });
});

async function answer(run: () => Promise<Json | undefined | void>): Promise<string> {
  try {
    const output = await run();
    return output === undefined ? 'nothing' : `value: ${goJson(output)}`;
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return `${thrown.code}: ${thrown.message}`;
  }
}
