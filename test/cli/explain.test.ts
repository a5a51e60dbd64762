import { describe, expect, test } from 'vitest';
import { explained } from '../../src/cli/commands/explain.ts';
import { showError } from '../../src/cli/errors.ts';
import { codes } from '../../src/core/errors/codes.ts';
import { kinds } from '../../src/manifests/kinds.ts';

const ask = (word?: string, recursive = false): string => explained(word, { recursive, width: 80 });

/** The line that says which field is meant. */
const fieldOf = (word: string): string => /^FIELD: +(.*)$/m.exec(ask(word))?.[1] ?? 'the whole';

function refusal(word: string): string {
  try {
    return `no refusal but ${ask(word)}`;
  } catch (thrown) {
    return showError(thrown);
  }
}

test('a field is explained in the form of kubectl', () => {
  expect(ask('sensor.spec.dependencies.filters.time')).toBe(`KIND:     Sensor
VERSION:  argoproj.io/v1alpha1
FIELD:    spec.dependencies[].filters.time <Object>

DESCRIPTION:
    The part of the day in which events pass.

FIELDS:
  start <string> -required-
    The first time of day that passes, as HH:MM:SS on the event’s date.

  stop <string> -required-
    The first time of day after \`start\` that does not pass; earlier than
    \`start\`, the window spans midnight.

  timezone <string>
    The IANA name of the time zone in which the times are meant; UTC when left
    out.

More: sensorium explain sensor.spec.dependencies.filters.time.FIELD`);
});

test('a value says which there are, and what it is when left out', () => {
  expect(ask('eventsource.spec.resource.initialList')).toContain('\n\nONE OF:\n    changes\n    adds\n\nDEFAULT:\n    changes');
});

test.each([
  ['Sensor', 'the whole'],
  ['sensors', 'the whole'],
  ['sn', 'the whole'],
  ['EventBus', 'the whole'],
  ['eb', 'the whole'],
  ['sensor.spec.triggers', 'spec.triggers <[]Object> -required-'],
  ['sensor.spec.triggers[].template', 'spec.triggers[].template <Object> -required-'],
  ['sensor.spec.triggers[0].template', 'spec.triggers[].template <Object> -required-'],
  ['sensor.spec.triggers.0.template', 'spec.triggers[].template <Object> -required-'],
  ['sensor.triggers.k8s.operation', 'spec.triggers[].template.k8s.operation <string>'],
  ['sensor.spec.TRIGGERS.Template', 'spec.triggers[].template <Object> -required-'],
  ['eventsource.spec.resource.annotated-service.filter', 'spec.resource.annotated-service.filter <Object>'],
  ['eventsource.spec.resource.filter.fields.key', 'spec.resource.NAME.filter.fields[].key <string> -required-'],
  ['k8s', 'spec.triggers[].template.k8s <Object>'],
  ['trigger', 'spec.triggers <[]Object> -required-'],
  ['dependency.filters', 'spec.dependencies[].filters <Object>'],
  ['data', 'spec.dependencies[].filters.data <[]Object>'],
  ['expect', 'tests[].expect <Object> -required-'],
  ['resource', 'spec.resource <map[string]Object>'],
  ['filters', 'spec.dependencies[].filters <Object>'],
])('%s is understood', (word, field) => {
  expect(fieldOf(word)).toBe(field);
});

test.each([
  ['sensr', 'nothing is known of "sensr"  CONFIG_INVALID\n  try: did you mean "sensor"?'],
  ['xyzzyxyzzy', 'nothing is known of "xyzzyxyzzy"  CONFIG_INVALID\n  try: `sensorium explain` lists what can be explained'],
  ['sensor.spec.trigers', 'Sensor spec has no field "trigers"  CONFIG_INVALID\n  try: did you mean "triggers"?'],
  ['sensor.operationn', 'Sensor has no field "operationn"  CONFIG_INVALID\n  try: did you mean "operation"?'],
  ['sensor.spec.dependencies.name.x', 'Sensor spec.dependencies[].name has no fields, so there is no "x" in it  CONFIG_INVALID'],
  [
    'sensor.spec.triggers.template.k8s.source.resource.kind',
    'Sensor spec.triggers[].template.k8s.source.resource takes anything: Sensorium knows no field "kind" there  CONFIG_INVALID',
  ],
  [
    'metadata',
    '"metadata" is a field of several kinds  CONFIG_INVALID\n  try: eventbus.metadata or eventsource.metadata or sensor.metadata',
  ],
  ['CONFIG_JK', 'there is no error code CONFIG_JK  CONFIG_INVALID\n  try: did you mean CONFIG_JQ?'],
])('%s gets a sentence', (word, sentence) => {
  expect(refusal(word)).toBe(`sensorium: ${sentence}`);
});

test('a type of trigger or event source comes with its examples', () => {
  expect(ask('log')).toContain('EXAMPLE: Show at most one event a minute:\n    log:\n      intervalSeconds: 60');
  expect(ask('resource')).toContain('EXAMPLE: Pods with a label, in all namespaces:\n    resource:\n      example:\n');
});

test('--recursive shows all fields below, by name and type', () => {
  expect(ask('sensor.spec.dependencies.filters.time', true)).toBe(`KIND:     Sensor
VERSION:  argoproj.io/v1alpha1
FIELD:    spec.dependencies[].filters.time <Object>

DESCRIPTION:
    The part of the day in which events pass.

FIELDS:
  start <string> -required-
  stop <string> -required-
  timezone <string>`);
  expect(ask('sensor', true)).toContain('\n        time <Object>\n          start <string> -required-\n');
});

test('an error code says what it means and what to do', () => {
  expect(ask('CONFIG_DUPLICATE')).toBe(`CODE:  CONFIG_DUPLICATE

MESSAGE:
    {what} "{name}" is there twice

MEANING:
    A name that must be unique is there twice, so that one of the two could not
    be told from the other.

WHAT TO DO:
    Rename or remove one.

TRIED AGAIN:
    no.`);
});

test('without a word it lists what there is', () => {
  const text = ask();

  for (const { kind, shortNames } of kinds) expect(text).toMatch(new RegExp(`^  ${kind} +${shortNames.join(', ')}`, 'm'));
  expect(text).toMatch(/^ {2}k8s +trigger /m);
});

describe('everything can be explained', () => {
  test.each(Object.keys(codes))('%s', (code) => {
    expect(ask(code)).toMatch(/MEANING:\n {4}[A-Z][\s\S]*\.\n\nWHAT TO DO:\n {4}[A-Z][\s\S]*\.\n/);
  });

  test.each(kinds.map(({ kind }) => kind))('every line of %s fits the screen', (kind) => {
    const long = ask(kind)
      .split('\n')
      .filter((line) => line.length > 80);

    expect(long).toEqual([]);
  });
});
