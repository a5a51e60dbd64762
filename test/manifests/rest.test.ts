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

test('a wrong field hides no wrong field beside it, nor a wrong name of the bus or the namespace anything', () => {
  const text = `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: a, namespace: 3}
spec:
  eventBusName: [b]
  dependencies:
    - name: d
      eventSourceName: s
      eventName: e
      filters:
        data:
          - {path: a, type: strng, value: [x]}
          - {path: b, type: string, comparator: "==", value: [x]}
          - {path: c, type: number, value: [ten]}
        time: {start: "25:00:00", stop: 5}
  triggers:
    - template: {name: t, conditions: dd, log: {intervalSeconds: often}}
      retryStrategy: {duration: soon}
`;

  expect(findingsIn(text)).toEqual([
    '«3» error: namespace must be a text, not 3',
    '«[b» error: eventBusName must be a text, not a list',
    "«strng» error: unsupported JSON type 'strng' (one of string, number, bool)",
    '«"=="» error: comparator == not supported (one of =, !=, >, >=, <, <=)',
    expect.stringMatching(/^«ten» error: strconv\.ParseFloat: parsing "ten": invalid syntax/),
    '«5» error: stop must be a text, not 5',
    '«dd» error: there is no dependency "dd" (dependencies are d)',
    '«often» error: intervalSeconds must be a number, not the text "often"',
    expect.stringMatching(/^«soon» error: /),
  ]);
});

test('a dependency that is taken out is missed by nobody', () => {
  const found = findingsIn(broken('    - {name: good, eventName: e}\n    - {name: other, eventSourceName: s, eventName: e}'));

  expect(found).toEqual(['«{name: good» error: event dependency must define the EventSourceName']);
});

test('a name that no API server takes is warned of', () => {
  const named = (name: string) => broken(withJq('good', '.')).replace('metadata: {name: a}', `metadata: {name: ${name}}`);

  expect(findingsIn(named('My_Rule'))).toEqual([
    '«My_Rule» warning: "My_Rule" cannot be the name of an object on a cluster (small letters, digits, "-" and ".", none of those two at an end)',
  ]);
  expect(findingsIn(named('my-rule.v2'))).toEqual([]);
});
