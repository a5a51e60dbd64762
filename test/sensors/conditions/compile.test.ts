import { describe, expect, test } from 'vitest';
import { type ConditionSpec, compileCondition } from '../../../sensors/conditions/compile.ts';
import { findingTexts } from '../../support/compile-sensor.ts';

const names = ['a', 'b-c', 'b_c', '1'];
const compiled = (spec: ConditionSpec, dependencies: readonly string[] = names) => compileCondition(spec, dependencies, ['t']);
const refused = (spec: ConditionSpec) => findingTexts(compiled(spec).findings);

describe('conditions', () => {
  test.each<[string, string[], boolean]>([
    ['a', ['a'], false],
    ['a || b-c', ['a', 'b-c'], false],
    ['b_c||b-c', ['b_c', 'b-c'], false],
    ['((a) || (1 || a))', ['a', '1'], false],
    ['a && b-c', ['a', 'b-c'], true],
    ['a || b_c&&1', ['a', 'b_c', '1'], true],
    ['', names, true],
    ['  ', names, true],
  ])('"%s"', (conditions, dependencies, joins) => {
    const { value, findings } = compiled({ conditions });

    expect(findings).toEqual([]);
    expect(value.dependencies).toEqual(dependencies);
    expect(value.join !== undefined).toBe(joins);
  });

  test('a sensor with one dependency needs none, and joins nothing', () => {
    expect(compiled({}, ['a']).value).toEqual({ dependencies: ['a'], join: undefined, condition: 'a' });
  });

  test.each<[string, string]>([
    ['a || bc', 'error t.conditions: there is no dependency "bc" (did you mean "b-c"?)'],
    ['!a', 'error t.conditions: there is no dependency "!a" (dependencies are a, b-c, b_c, 1)'],
    ['a and 1', 'error t.conditions: "&&" or "||" is missing before "and" (did you mean "&&"?)'],
    ['a | 1', 'error t.conditions: "&&" or "||" is missing before "|" (did you mean "||"?)'],
    ['a & 1', 'error t.conditions: "&&" or "||" is missing before "&" (did you mean "&&"?)'],
    ['(a', 'error t.conditions: a "(" is not closed'],
    ['a)', 'error t.conditions: a ")" closes nothing'],
    ['a ||', 'error t.conditions: a dependency is missing at the end'],
    ['|| a', 'error t.conditions: a dependency is missing before "||"'],
    ['()', 'error t.conditions: a dependency is missing before ")"'],
    ['('.repeat(600), 'error t.conditions: there are more than 500 brackets in each other'],
  ])('%s is refused', (conditions, finding) => {
    expect(refused({ conditions })).toEqual([finding]);
  });

  test('all unknown names are told, each at its place', () => {
    expect(compiled({ conditions: 'a || zz && yy' }).findings.map(({ offset }) => offset)).toEqual([5, 11]);
  });
});

test.each([
  ['((a)) && ((b-c||1))', 'a && (b-c || 1)'],
  ['(a && b-c) || 1', 'a && b-c || 1'],
  ['', 'a && b-c && b_c && 1'],
])('"%s" is told as %s', (conditions, text) => {
  expect(compiled({ conditions }).value.condition).toBe(text);
});

test('where it leaves no doubt, - and _ are the same, as in Argo', () => {
  expect(compiled({ conditions: 'a_b || c-d' }, ['a-b', 'c_d']).value.dependencies).toEqual(['a-b', 'c_d']);
  expect(findingTexts(compiled({ conditions: 'a-b_c' }, ['a_b-c', 'a_b_c']).findings)).toHaveLength(1);
});

test.each<[string, string[], string[]]>([
  ['a && (b-c || 1)', ['a'], ['b-c']],
  ['a && b-c || 1', [], ['1']],
  ['a && b-c && 1', ['b-c'], ['a', '1']],
  ['(a && b-c) || (a && 1)', ['1'], ['a']],
])('of %s with %j the fewest that are missing are told', (conditions, have, missing) => {
  const { join } = compiled({ conditions }).value;

  expect(join!.missing((name) => have.includes(name))).toEqual(missing);
  expect(join!.holds((name) => [...have, ...missing].includes(name))).toBe(true);
});

test('what is wrong with a join or a reset is told where it stands', () => {
  expect(refused({ join: { key: '.a |', within: 'soon' } })).toEqual([
    expect.stringMatching(/^error t\.join\.key: jq: /),
    'error t.join.within: within must be a time such as "10m", not "soon"',
  ]);
  expect(
    refused({ conditionsReset: [{}, { byTime: { cron: '0 0 30 2 *' } }, { byTime: { cron: '0 0 * * *', timezone: 'Mars/Base' } }] }),
  ).toEqual([
    'error t.conditionsReset.0: invalid conditionsReset: it needs byTime.cron, the times at which it happens',
    expect.stringMatching(/^error t\.conditionsReset\.1\.byTime\.cron: .*it never comes/),
    expect.stringMatching(/^error t\.conditionsReset\.2\.byTime\.timezone: .*unknown time zone/),
  ]);
});
