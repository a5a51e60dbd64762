import { describe, expect, test } from 'vitest';
import { compileConditions } from '../../../sensors/triggers/conditions.ts';
import { findingTexts } from '../../support/compile-sensor.ts';

const names = ['a', 'b-c', 'b_c', '1'];
const read = (text: string | undefined, dependencies: readonly string[] = names) => {
  const { value, findings } = compileConditions(text, dependencies, ['t', 'conditions']);
  return findings.length > 0 ? findingTexts(findings) : value;
};

describe('conditions', () => {
  test.each<[string, string[]]>([
    ['a', ['a']],
    ['a || b-c', ['a', 'b-c']],
    ['b_c||b-c', ['b_c', 'b-c']],
    ['((a) || (1 || a))', ['a', '1']],
  ])('%s', (text, dependencies) => {
    expect(read(text)).toEqual(dependencies);
  });

  test.each<[string, string]>([
    [
      'a && b-c',
      'error t.conditions: joining events with `&&` in conditions is not built yet, so this rule is refused rather than half-run',
    ],
    ['a || bc', 'error t.conditions: there is no dependency "bc" (did you mean "b-c"?)'],
    ['!a', 'error t.conditions: there is no dependency "!a" (dependencies are a, b-c, b_c, 1)'],
    ['a and 1', 'error t.conditions: "||" is missing before "and"'],
    ['a | 1', 'error t.conditions: "||" is missing before "|"'],
    ['(a', 'error t.conditions: a "(" is not closed'],
    ['a)', 'error t.conditions: a ")" closes nothing'],
    ['a ||', 'error t.conditions: a dependency is missing at the end'],
    ['|| a', 'error t.conditions: a dependency is missing before "||"'],
    ['()', 'error t.conditions: a dependency is missing before ")"'],
  ])('%s is refused', (text, finding) => {
    expect(read(text)).toEqual([finding]);
  });

  test('a place in the text is told', () => {
    expect(compileConditions('a || && a', names, []).findings[0]?.offset).toBe(5);
    expect(compileConditions('a || zz', names, []).findings[0]?.offset).toBe(5);
  });

  test('without conditions the only dependency counts', () => {
    expect(read(undefined, ['a'])).toEqual(['a']);
    expect(read(' ', ['a'])).toEqual(['a']);
  });

  test('without conditions several dependencies would have to be waited for', () => {
    expect(read(undefined, ['a', 'b'])).toEqual([
      'error t: waiting for all dependencies together, which a trigger without conditions does, is not built yet, so this rule is refused rather than half-run (to fire on any one of them, write conditions: a || b)',
    ]);
  });
});
