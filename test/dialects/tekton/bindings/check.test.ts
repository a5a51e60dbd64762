import { expect, test } from 'vitest';
import { checkExpressions } from '../../../../src/dialects/tekton/bindings/check.ts';

/** The character at which a finding points, and its sentence. */
const findings = (value: string): string[] =>
  checkExpressions(value, ['value']).map(({ severity, offset, message }) => `${severity} at ${value.slice(offset)}: ${message}`);

test('an expression that can never be read is told at its place', () => {
  expect(findings('x-$(body.list[a])')).toEqual([
    'warning at a]): path "$(body.list[a])": "a" is neither a place in a list nor a key in single quotes',
  ]);
  expect(findings('$(body.a)$({body.b | c})')).toEqual(['warning at | c}): path "$({body.b | c})": there is no meaning in "|"']);
  expect(findings('$({body)')).toEqual(['warning at {body): path "$({body)": braces stand around the whole path, or nowhere']);
});

test('a root that there is not is told', () => {
  expect(findings('$(.boddy.a)')).toEqual([
    'warning at boddy.a): path "$(.boddy.a)": nothing is called "boddy": there are body, header, extensions, context',
  ]);
});

test('what can be read is not told of', () => {
  expect(findings('$(body.a)-$(header.X-A)-$(extensions)-$(context.eventID)-$()-$(..name)-$(body')).toEqual([]);
});
