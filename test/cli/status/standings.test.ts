import { expect, test } from 'vitest';
import { keepStandings } from '../../../src/cli/status/standings.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { error } from '../../../src/core/errors/finding.ts';
import { isObject } from '../../../src/core/json/json.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import type { Rule } from '../../../src/manifests/rule.ts';
import { settle, TestClock } from '../../support/clock.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { record } from '../../support/record.ts';

const type = { group: 'argoproj.io', version: 'v1alpha1', resource: 'sensors', kind: 'Sensor', namespaced: true };
const sensor = (generation: number, status?: KubeObject['status'], kind = 'Sensor'): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind,
  metadata: { name: 'sn', namespace: 'team', uid: 'u', generation },
  ...(status === undefined ? {} : { status }),
});
const rule = (generation: number): Rule => ({
  group: 'argoproj.io',
  kind: 'Sensor',
  metadata: { name: 'sn', namespace: 'team', uid: 'u', generation },
  value: {},
  object: {},
});

function world() {
  const kube = memoryKube();
  const said: string[] = [];
  kube.raw = async (_method, _path, body) => {
    const { status } = body as KubeObject;
    const [ready] = isObject(status) && Array.isArray(status['conditions']) ? status['conditions'] : [];
    if (isObject(ready)) said.push(`${ready['status']} ${ready['reason']} ${ready['observedGeneration']}`);
    return body;
  };
  const clock = new TestClock();
  const standings = keepStandings({ kube, clock, tell: record().tell, signal: new AbortController().signal });
  const events = () => [...kube.objects.values()].map(({ reason, message }) => `${reason}: ${message}`);
  return { standings, clock, said, events };
}

test('a rule waits after three seconds, and is ready as soon as it runs', async () => {
  const { standings, clock, said } = world();
  standings.saw(type, sensor(1));
  standings.accepted(sensor(1));
  await clock.turn(2_900);
  expect(said).toEqual([]);
  await clock.turn(200);
  expect(said).toEqual(['Unknown Waiting 1']);
  standings.runs(rule(1));
  await settle();

  expect(said).toEqual(['Unknown Waiting 1', 'True Running 1']);
});

test('a rule that runs at once never waits, and one that is gone says nothing', async () => {
  const { standings, clock, said } = world();
  standings.saw(type, sensor(1));
  standings.accepted(sensor(1));
  standings.runs(rule(1));
  standings.runs(rule(0));
  await settle();
  standings.accepted(sensor(2));
  standings.gone(sensor(2));
  standings.runs(rule(2));
  await clock.turn(10_000);

  expect(said).toEqual(['True Running 1']);
});

test('a rule that is refused, and right again, is told as Events too', async () => {
  const { standings, clock, said, events } = world();
  standings.saw(type, sensor(1));
  standings.refused(sensor(1), [error('CONFIG_MISSING', ['spec'], { problem: 'there is nothing' })]);
  await clock.turn(1_000);
  const broken = sensor(2, { conditions: [{ type: 'Ready', status: 'False' }] });
  standings.saw(type, broken);
  standings.accepted(broken);
  standings.runs(rule(2));
  await clock.turn(1_000);

  expect(said).toEqual(['False Invalid 1', 'True Running 2']);
  expect(events()).toEqual(['Refused: Invalid: spec: there is nothing', 'RunningAgain: the rule is right again']);
});

test('a rule that only others use is accepted, and does not say that it runs', async () => {
  const { standings, said } = world();
  standings.saw(type, sensor(1));
  standings.accepted(sensor(1));
  standings.runs(rule(1));
  standings.stands(rule(1), { rule: { kind: 'Sensor', namespace: 'shop', name: 'show' }, isAtRest: true, status: {} });
  standings.runs(rule(1));
  await settle();

  expect(said.at(-1)).toBe('True Accepted 1');
});

test('a bus that is accepted can be used', async () => {
  const { standings, said } = world();
  standings.saw(type, sensor(1, undefined, 'EventBus'));
  standings.accepted(sensor(1, undefined, 'EventBus'));
  await settle();

  expect(said).toEqual(['True Accepted 1']);
});

test('what its author must know of is an Event, everything else is not', async () => {
  const { standings, clock, events } = world();
  standings.accepted(sensor(1));
  const refused = new EngineError('CONFIG_MISSING', { problem: 'no such thing' }, { hint: 'make it' });
  standings.heard(rule(1), 'firingParked', { trigger: 't', error: refused });
  standings.heard(rule(1), 'triggerFired', { trigger: 't' });
  standings.heard(rule(1), 'targetBack', { trigger: 't' });
  await clock.turn(1_000);

  expect(events()).toEqual([
    'FiringParked: trigger "t" gave up and the firing is parked: no such thing (try: make it)',
    'TargetBack: the target of trigger "t" answers again',
  ]);
});
