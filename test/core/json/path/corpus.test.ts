import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compilePath, type Found } from '../../../../src/core/json/path/index.ts';

/** Paths and texts with what gjson 1.19.0 finds; without a type it finds nothing. One case a line. */
const corpus = readFileSync(new URL('corpus.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as { path: string; json: string } & Partial<Found>);

test.each(corpus)('$path in $json', ({ path, json, ...wanted }) => {
  const found = compilePath(path).get(json);

  expect(found ? { type: found.type, raw: found.raw, text: found.text, boolean: found.boolean } : {}).toEqual(wanted);
});

test('there are several hundred of them', () => {
  expect(corpus.length).toBeGreaterThan(500);
});
