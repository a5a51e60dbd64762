import { describe, expect, test } from 'vitest';
import { compileExpressionFilter, type ExpressionFilterSpec } from '../../../sensors/filters/expression.ts';
import { EventData } from '../../../src/core/event/data.ts';
import { buildEvent } from '../../support/build-sensor.ts';
import { findingsIn } from '../../support/findings.ts';

/** An expression over fields that are called as their paths. */
const filter = (expr: string, ...paths: string[]): ExpressionFilterSpec => ({
  expr,
  fields: paths.map((path) => ({ path, name: path.split('.').at(-1)! })),
});

const says = (filters: ExpressionFilterSpec | ExpressionFilterSpec[], data: object, operator = '') =>
  compileExpressionFilter([filters].flat(), operator, []).value(buildEvent('1', { data }));

describe('an expression that says no tells what it was about', () => {
  test.each<[ExpressionFilterSpec, object, string]>([
    [filter('a > 3 && b == "x"', 'a', 'b'), { a: 2, b: 'x' }, 'a > 3 && b == "x" is false: a = 2, b = "x"'],
    [filter('replicas', 'spec.replicas'), { spec: { replicas: 3 } }, 'replicas gives 3, not true: replicas = 3'],
  ])('%j on %j', (spec, data, because) => {
    expect(says(spec, data)).toEqual({ at: 'filters.exprs[0]', because });
  });
});

test('what cannot be evaluated is told in the words of Argo Events', () => {
  expect(says(filter('a > 1', 'a'), { a: '2' })).toEqual({
    at: 'filters.exprs[0]',
    because: "expr filter error (Value '2' cannot be used with the comparator '>', it is not a number)",
    failed: true,
  });
  expect(says([filter('a > 1', 'a'), filter('b == 1', 'b')], { a: '2' }, 'or')?.because).toBe(
    "expr filter errors [Value '2' cannot be used with the comparator '>', it is not a number / path 'b' does not exist]",
  );
});

test('a payload that is not JSON is told in the words of Argo Events', () => {
  const filters = compileExpressionFilter([filter('a == 1', 'a')], '', []).value;

  const refusal = filters({ ...buildEvent('1'), data: EventData.fromText('{') });

  expect(refusal?.because).toBe('expr filter error (event data not valid JSON)');
  expect(refusal?.error?.message).toContain('expr filter error (the event is not JSON: ');
});

test('a big integer equals the number that reads the same', () => {
  const says = (expr: string, text: string) =>
    compileExpressionFilter([filter(expr, 'a', 'b')], '', []).value({ ...buildEvent('1'), data: EventData.fromText(text) });

  expect(says('a == 9007199254740993', '{"a":9007199254740993,"b":0}')).toBeUndefined();
  expect(says('a >= 12345678901234567890 && !(a > 12345678901234567890)', '{"a":12345678901234567890,"b":0}')).toBeUndefined();
  expect(says('a != b', '{"a":9007199254740993,"b":9007199254740992}')).toBeUndefined();
});

test('of no expressions not one holds', () => {
  expect(says([], {}, 'and')).toBeUndefined();
  expect(says([], {}, 'or')?.because).toBe('with exprLogicalOperator: or one expression must hold, and none is given');
});

test('with "or" one expression that is true is enough, and otherwise all are told', () => {
  const filters = [filter('a == 1', 'a'), filter('a == 2', 'a')];

  expect(says(filters, { a: 2 }, 'or')).toBeUndefined();
  expect(says(filters, { a: 3 }, 'or')).toEqual({ at: 'filters.exprs', because: 'a == 1 is false: a = 3; a == 2 is false: a = 3' });
  expect(says(filters, { a: 2 })?.at).toBe('filters.exprs[0]');
});

test('a value of a Secret stays hidden in the reason', () => {
  const spec = filter('password == "x"', 'body.data.password');
  const strange = filter('password > 3', 'body.data.password');
  const body = { kind: 'Secret', data: { password: 'c2VjcmV0' } };

  expect(says(spec, { body })?.because).toBe('password == "x" is false: password = <hidden>');
  expect(says(strange, { body })?.because).toBe('expr filter error (it cannot be evaluated for this Secret)');
  expect(says(spec, { body: { ...body, kind: 'ConfigMap' } })?.because).toBe('password == "x" is false: password = "c2VjcmV0"');
});

const sensor = (expr: string, fields: string) => `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: s}
spec:
  dependencies:
    - name: d
      eventSourceName: es
      eventName: e
      filters:
        exprs:
          - expr: ${expr}
            fields: ${fields}
  triggers:
    - template: {name: t, log: {}}
`;

/** What is said of an expression when the rule is loaded, at the place of the YAML where it is said. */
const found = (expr: string, fields = '[{name: a, path: a}]') =>
  findingsIn(sensor(expr, fields)).filter((finding) => !finding.includes('no EventSource') && !finding.includes('eventName'));

describe('when the rule is loaded, the place inside the expression is told:', () => {
  test.each<[string, string[]]>([
    ['a == "x" && a != 3', []],
    ['a = 1', ['«= 1» error: expression: Invalid token: \'=\' (did you mean "=="?)']],
    ['a > 1 && a>-1', ['«>-1» error: expression: Invalid token: \'>-\' (put a space between ">" and "-")']],
    ['a == "x" and a', ['«and a» error: expression: Cannot transition token types from STRING [x] to VARIABLE [and]']],
    ['len(a)', ['«len(a)» error: expression: Undefined function len (there are no functions in this language)']],
    ['(a == 1', ['«(a == 1» error: expression: Unbalanced parenthesis']],
    [
      'a =~ "x("',
      [
        '«"x("» error: regular expression "x(": missing closing ): `x(` (patterns are RE2, as in Go: no look-around and no back-references)',
      ],
    ],
    [
      'a == 1 || A == 2',
      ['«A == 2» warning: expression: "A" is in no entry of `fields`, so an event for which it is needed never passes (did you mean "a"?)'],
    ],
    [
      'a == "2024-01-01"',
      [
        '«"2024-01-01"» warning: expression: the text "2024-01-01" looks like a date, so it is read as the number 1704067200 (seconds since 1970) and equals no text (to compare texts: =~ "^2024-01-01$")',
      ],
    ],
    [
      '(a == 1) (a == 2)',
      ['«(a == 2)» warning: expression: everything from "(" on is ignored: an operator is missing before it (did you mean "&&" or "||"?)'],
    ],
  ])('%s', (expr, findings) => {
    expect(found(expr)).toEqual(findings);
  });
});

test('a field that the expression does not use is warned about', () => {
  expect(found('a == 1', '[{name: a, path: a}, {name: b, path: b}]')).toEqual([
    '«b» warning: expression: the expression does not use "b"; its path must be there in every event all the same',
  ]);
});

test('a name with a sign in it is told how it is written', () => {
  expect(found('a-b == 1', '[{name: a-b, path: a}]').at(-1)).toBe(
    '«a-b» warning: expression: the expression does not use "a-b"; its path must be there in every event all the same (in an expression such a name is written [a-b])',
  );
});

test('an entry without an expression or fields is refused, as in Argo', () => {
  expect(found('""')).toEqual(['«""» error: one of expr filters is not valid (expr and fields must be not empty)']);
  expect(found('a == 1', '[]')).toEqual(['«[» error: one of expr filters is not valid (expr and fields must be not empty)']);
});
