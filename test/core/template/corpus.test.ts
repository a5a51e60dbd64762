import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { Json } from '../../../src/core/json/json.ts';
import { parseJson } from '../../../src/core/json/parse.ts';
import { stringifyJson } from '../../../src/core/json/stringify.ts';
import { compileTemplate } from '../../../src/core/template/index.ts';

interface Case {
  readonly template: string;
  /** What Go prints; left out where Go refuses the template or fails when it runs. */
  readonly output?: string;
  readonly fails?: true;
}

const fileText = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Templates with what text/template of Go 1.26 and sprig 3.3.0 make of them, all with the same input. One case a line. */
const corpus = fileText('corpus.jsonl')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

const input = parseJson(fileText('corpus-input.json'));

test('there are several thousand of them', () => {
  expect(corpus.length).toBeGreaterThan(2500);
});

test('every template prints what Go prints', () => {
  const printing = corpus.filter(({ fails }) => !fails);

  expect(printing.map(answer).filter((one, index) => one !== printing[index]!.output)).toEqual([]);
});

test('what Go refuses or fails at is an error with a place', () => {
  const failing = corpus.filter(({ fails }) => fails);

  expect(failing.map(answer).filter((one) => !/^(?:CONFIG_TEMPLATE|EVENT_TEMPLATE_FAILED) at \d+$/.test(one))).toEqual([]);
});

test('no template changes its input', () => {
  const before = stringifyJson(input);
  for (const one of corpus) answer(one);

  expect(stringifyJson(input)).toBe(before);
});

function answer({ template }: Case): string {
  try {
    return compileTemplate(template).render({ Input: input as Json });
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return `${thrown.code} at ${thrown.fields['offset']}`;
  }
}
