import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Adapter, attempt } from './adapter.ts';
import { unmet } from './compare.ts';
import { failureText, partText, totalText } from './report.ts';
import { partsOf, runPart } from './runner.ts';

const none = { differences: [], skips: [] };
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vectors-'));
  mkdirSync(join(folder, 'some'));
  const halves = [
    { name: 'four', source: 'derived', n: 4, expect: { half: 2, error: null } },
    { name: 'three', source: 'derived', n: 3, expect: { half: null, error: 'odd' } },
    { name: 'wrong', source: 'derived', n: 8, expect: { half: 5, error: null } },
  ];
  writeFileSync(join(folder, 'some', 'half.json'), JSON.stringify({ cases: halves }));
  writeFileSync(join(folder, 'some', 'double.json'), JSON.stringify({ factor: 2, cases: [{ id: 'one', n: 1, want: 2, wantError: null }] }));
  writeFileSync(join(folder, 'some', 'README.md'), 'no part');
});

afterAll(() => rmSync(folder, { recursive: true }));

const half: Adapter = {
  compare: { error: 'failed' },
  async run(one) {
    const { value, error } = await attempt(() => {
      if (one.n % 2) throw new Error(`${one.n} is not even`);
      return one.n / 2;
    });
    return { half: value ?? null, error };
  },
};

test('the parts are the case files', () => {
  expect(partsOf(folder)).toEqual(['some/double', 'some/half']);
});

test('a case passes when every field of its expectation is met; what failed is shown', async () => {
  const result = await runPart(folder, 'some/half', half, none);

  expect(result).toMatchObject({ passed: 2, failures: [{ name: 'wrong', input: { n: 8 }, expected: { half: 5 }, got: { half: 4 } }] });
  expect(partText(result)).toBe(`some/half  2 passed, 1 failed\n${failureText(result.failures[0]!)}`);
  expect(failureText(result.failures[0]!)).toBe('  ✗ wrong\n    input     { n: 8 }\n    expected  { half: 5 }\n    got       { half: 4 }');
  expect(totalText([result, result])).toBe('4 passed, 2 failed, 0 skipped');
});

test('want keys are an expectation too, and the file around a case is at hand', async () => {
  const double: Adapter = { run: (one, file) => ({ want: one.n * file.factor, wantError: null }) };

  expect(await runPart(folder, 'some/double', double, none)).toMatchObject({ passed: 1, failures: [] });
});

test('what an adapter throws fails the case', async () => {
  const broken: Adapter = {
    run() {
      throw new Error('broken');
    },
  };

  const { passed, failures } = await runPart(folder, 'some/double', broken, none);

  expect(passed).toBe(0);
  expect(failures[0]?.got.threw).toContain('Error: broken');
});

test('a part without an adapter is skipped, and so is a case under a rule of skips', async () => {
  const skips = [{ when: (one: { n?: number }) => one.n === 8, because: 'eight is not built yet' }];

  expect(partText(await runPart(folder, 'some/half', undefined, none))).toBe('some/half  3 skipped: no adapter yet');
  expect(partText(await runPart(folder, 'some/half', half, { ...none, skips }))).toBe(
    'some/half  2 passed, 1 skipped: eight is not built yet',
  );
});

test('a case under a difference is checked against our own expectation', async () => {
  const difference = { parts: ['some/half'], when: (one: { n?: number }) => one.n === 8, expected: () => ({ half: 4 }), because: 'B0' };

  const right = await runPart(folder, 'some/half', half, { ...none, differences: [difference] });
  const wrong = await runPart(folder, 'some/half', half, { ...none, differences: [{ ...difference, expected: () => ({ half: 3 }) }] });
  const elsewhere = await runPart(folder, 'some/half', half, { ...none, differences: [{ ...difference, parts: ['some/double'] }] });

  expect([right.passed, right.failures.length, right.differing.get(difference)]).toEqual([3, 0, 1]);
  expect(wrong.failures[0]).toMatchObject({ expected: { half: 3 }, got: { half: 4 } });
  expect(elsewhere.failures).toHaveLength(1);
});

describe('comparing', () => {
  test.each([
    ['same', { a: [1, { b: 2, c: 3 }] }, { a: [1, { c: 3, b: 2 }] }, true],
    ['same', '{"a":1}', '{ "a": 1 }', false],
    ['same', 1, '1', false],
    ['json', '{"a":1,"b":2}', '{ "b": 2, "a": 1 }', true],
    ['json', '{"a":1}', '{"a":2}', false],
    ['json', null, null, true],
    ['failed', null, undefined, true],
    ['failed', 'their words', 'our words', true],
    ['failed', null, 'our words', false],
    ['failed', false, null, true],
    ['own error', 'data filter error (x)', 'data filter error (x)', true],
    ['own error', 'data filter error (x)', 'data filter error (y)', false],
    ['own error', 'data filter error (template: param:1:3: executing "param" at <x>: y)', 'data filter error (y)', true],
    ['own error', 'from a library', 'our words', true],
  ] as const)('%s: %j and %j', (comparison, expected, got, isMet) => {
    expect(unmet({ field: expected }, { field: got }, { field: comparison })).toEqual(isMet ? [] : ['field']);
  });
});
