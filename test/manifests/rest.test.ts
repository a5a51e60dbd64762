import { expect, test } from 'vitest';
import { findingsIn } from '../support/findings.ts';

const broken = (dependencies: string, triggers = '[{template: {name: t, conditions: good, log: {}}}]') => `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: a}
spec:
  dependencies:
${dependencies}
  triggers: ${triggers}
`;
const withJq = (name: string, program: string) => `    - {name: ${name}, eventSourceName: s, eventName: e, transform: {jq: "${program}"}}`;

test('a field of a wrong type hides no program that cannot be read', () => {
  expect(
    findingsIn(
      broken(withJq('good', '.a | )'), '[{template: {name: 1, log: {}}}, {template: {name: t, conditions: 5, log: {}}, orderBy: ".a ["}]'),
    ),
  ).toEqual([
    expect.stringMatching(/^«\)"» error: jq: /),
    '«1» error: trigger must define a name',
    expect.stringMatching(/^«5» error: /),
    expect.stringMatching(/ error: jq: /),
  ]);
});

test('places are those in the whole rule, also behind parts that do not fit', () => {
  const found = findingsIn(broken(`    - {name: bad, eventName: e}\n    - {name: worse}\n${withJq('good', '.b | ]')}`));

  expect(found).toEqual([
    '«{name: bad» error: event dependency must define the EventSourceName',
    '«{name: worse» error: event dependency must define the EventName',
    '«{name: worse» error: event dependency must define the EventSourceName',
    expect.stringMatching(/ error: jq: unexpected token `]`/),
  ]);
});

test('what is missing as a whole leaves nothing to check', () => {
  expect(findingsIn('apiVersion: argoproj.io/v1alpha1\nkind: Sensor\nmetadata: {name: a}\nspec: {}\n')).toEqual([
    '«{» error: no event dependencies found',
    '«{» error: no triggers found',
  ]);
});
