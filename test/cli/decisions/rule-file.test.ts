import { expect, test } from 'vitest';
import type { Decision } from '../../../sensors/decisions/decision.ts';
import { ruleFileOf } from '../../../src/cli/decisions/rule-file.ts';
import { saveTest } from '../../../src/cli/decisions/save-test.ts';
import { story } from '../../../src/cli/decisions/story.ts';
import { runTests } from '../../../src/cli/rehearse/run-tests.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { rulesFolder } from '../../support/commands.ts';

const rule = `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: { name: sn, namespace: shop }
spec:
  dependencies:
    - name: dep
      eventSourceName: es
      eventName: things
      filters:
        data:
          - { path: body.a, type: number, value: ["1"] }
          - { path: body.b, type: number, value: ["1"] }
          - { path: body.c, type: number, value: ["1"] }
  triggers:
    - template: { name: go, log: {} }
`;

const at = Date.parse('2026-07-18T12:00:00Z');
const status = {
  kind: 'Sensor',
  namespace: 'shop',
  name: 'sn',
  startedAt: at,
  seenAt: at,
  dependencies: [],
  triggers: [],
  events: 1,
} as const;

const refused = (payload: object, more: Partial<Decision> = {}): Decision => ({
  event: { id: 'e1', source: 'es', subject: 'things', type: 'test', time: '2026-07-18T12:00:00Z' },
  at,
  payload: payload as never,
  dependencies: [{ dependency: 'dep', admitted: false, at: 'filters.data[0]', because: 'body.a is 2, wanted 1' }],
  triggers: [],
  ...more,
});

test('with the rule at hand, the place of the clause is told, and what the other filters say', async () => {
  using rules = rulesFolder({ 'sensor.yaml': rule });
  const file = rules.path('sensor.yaml');
  const ruleFile = await ruleFileOf([file], 'sn', () => {});

  const lines = await story(refused({ body: { a: 2, b: 1, c: 5 } }), status, { now: at, rule: ruleFile, verbose: false });

  expect(lines.slice(1)).toEqual([
    `  dependency dep  refused: ${file}:11:13  filters.data[0]: body.a is 2, wanted 1`,
    `    ${file}:12:13  filters.data[1]  passes`,
    `    ${file}:13:13  filters.data[2]  says no, too: body.c is 5, wanted 1`,
  ]);
});

test('what happened becomes a test that passes; what is not known whole is left out, and said so', async () => {
  using rules = rulesFolder({ 'sensor.yaml': rule });
  const path = rules.path('happened.test.yaml');
  const event = { ...refused({}).event, id: 'e2' };
  const fired: Decision = {
    ...refused({ body: { a: 1, b: 1, c: 1 } }),
    event,
    dependencies: [{ dependency: 'dep', admitted: true }],
    triggers: [{ trigger: 'go', kind: 'fired', firing: 'f', summary: 'log the event' }],
  };
  const hidden = refused({ body: { password: '<hidden>' } }, { event: { ...event, id: 'e3' } });
  const said: string[] = [];

  saveTest(path, [refused({ body: { a: 2 } }), fired, hidden], {
    status,
    files: [rules.path('sensor.yaml')],
    warn: (line) => said.push(line),
  });

  const { results, findings } = await runTests([path], { clock: systemClock, chosen: () => true, jq: undefined });
  expect(findings).toEqual([]);
  expect(results.map(({ name, failures }) => [name, failures])).toEqual([
    ['event e1 of es/things', []],
    ['event e2 of es/things', []],
  ]);
  expect(said).toEqual(['event e3 is left out: the payload of e3 holds secret values', `wrote 2 tests to ${path}: sensorium test ${path}`]);
});
