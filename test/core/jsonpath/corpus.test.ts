import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GoError } from '../../../src/core/go/function.ts';
import type { Json } from '../../../src/core/json/json.ts';
import { compileJsonPath } from '../../../src/core/jsonpath/index.ts';

const free = { steps: () => {}, bytes: () => {} };

test('paths find what the Go library finds', () => {
  const { root, cases } = JSON.parse(readFileSync(new URL('./corpus.json', import.meta.url), 'utf8')) as {
    root: Json;
    cases: readonly { path: string; result?: Json; error?: true }[];
  };

  const got = cases.map(({ path }) => {
    try {
      return { path, result: compileJsonPath(path).query(root, free) };
    } catch (thrown) {
      if (!(thrown instanceof GoError)) throw thrown;
      return { path, error: true };
    }
  });

  expect(cases.length).toBeGreaterThan(80);
  expect(got).toEqual(cases);
});

test('brackets inside brackets end somewhere', () => {
  const deep = `$${'[?(@'.repeat(5000)}`;

  expect(() => compileJsonPath(deep)).toThrow('invalid JSONPath selector');
});
