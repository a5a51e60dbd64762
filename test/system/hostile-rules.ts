import { isObject, type JsonObject } from '../../src/core/json/json.ts';
import { stringifyJson } from '../../src/core/json/stringify.ts';
import type { Attack, Language } from '../support/attacks.ts';

/** The languages that a Sensor holds; expr-lang is that of event sources. */
type InSensor = Exclude<Language, 'expr-lang'>;

/** Where the Sensor has the program: what it adds to the dependency, or as the parameter of the trigger. */
const places: Record<InSensor, (attack: Attack) => { dependency?: JsonObject; parameter?: JsonObject }> = {
  jq: ({ text }) => ({ dependency: { transform: { jq: `.input | ${text}` } } }),
  lua: ({ name, text }) => ({ dependency: name.length % 2 === 0 ? { transform: { script: text } } : { filters: { script: text } } }),
  template: ({ text }) => ({ parameter: { src: { dependencyName: 'dep', dataTemplate: text }, dest: 'unused' } }),
  govaluate: ({ text, input }) => ({ dependency: { filters: { exprs: [{ expr: text, fields: fieldsOf(input) }] } } }),
  gjson: ({ text }) => ({ dependency: { filters: { data: [{ path: text, type: 'string', value: ['x'] }] } } }),
  sjson: ({ text }) => ({ parameter: { src: { dependencyName: 'dep', value: 'x' }, dest: text } }),
  regex: ({ text }) => ({ dependency: { filters: { data: [{ path: 'input', type: 'string', value: [text] }] } } }),
};

const fieldsOf = (input: unknown): JsonObject[] => {
  const names = isObject(input) ? Object.keys(input) : [];
  return names.length > 0 ? names.map((name) => ({ name, path: name })) : [{ name: 'all', path: '@this' }];
};

/** A Sensor that runs the program on each event of "es"/its own name. */
export function sensorOf(attack: Attack, name: string): JsonObject {
  const { dependency, parameter } = places[attack.language as InSensor](attack);
  return sensor(name, { name: 'dep', eventSourceName: 'es', eventName: name, ...dependency }, parameter ? [parameter] : []);
}

/** A Sensor that uses a little of everything and means no harm. */
export const neighbour: JsonObject = sensor(
  'neighbour',
  {
    name: 'dep',
    eventSourceName: 'es',
    eventName: 'neighbour',
    transform: { jq: '.sum = (.numbers | add)' },
    filters: { data: [{ path: 'sum', type: 'number', value: ['6'] }], script: 'return event.sum == 6' },
  },
  [{ src: { dependencyName: 'dep', dataTemplate: '{{ .Input.sum }}' }, dest: 'unused' }],
);

export const neighboursData = '{"numbers":[1,2,3]}';

function sensor(name: string, dependency: JsonObject, parameters: JsonObject[]): JsonObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Sensor',
    metadata: { name, namespace: 'team', creationTimestamp: '2020-01-01T00:00:00Z' },
    spec: {
      dependencies: [dependency],
      triggers: [{ template: { name: 'show', log: {} }, ...(parameters.length > 0 ? { parameters } : {}) }],
    },
  };
}

/** The payload that makes the program see its input. */
export function dataOf({ language, input }: Attack): string {
  if (language === 'gjson' || language === 'sjson') return input as string;
  return stringifyJson(language === 'regex' || language === 'jq' ? { input } : input);
}
