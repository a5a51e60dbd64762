import { expect, test } from 'vitest';
import { nothingHeld } from '../../sensors/conditions/advance.ts';
import { decide } from '../../sensors/decide.ts';
import { firingId } from '../../sensors/firing/firing-id.ts';
import { buildDependency, buildEvent, buildSensor, buildTrigger } from '../support/build-sensor.ts';

const sensor = buildSensor(
  [
    buildTrigger('both', () => {}, { dependencies: ['push', 'pull'] }),
    buildTrigger('pull-only', () => {}, { dependencies: ['pull'] }),
    buildTrigger('push-only', () => {}, { dependencies: ['push'] }),
  ],
  [buildDependency('push'), buildDependency('pull')],
);

test('an event fires the triggers that name its dependency, with just that event, and nothing is to be saved', () => {
  const event = buildEvent('e1', { key: 'v1/pods/a/b' });

  const decisions = decide(sensor, () => nothingHeld, { dependency: 'push', event, sequence: 1, storedAt: 0 });

  expect(decisions.map((decision) => (decision.kind === 'fire' && !decision.joined ? decision.firing : undefined))).toEqual([
    {
      id: firingId(sensor, 'both', new Map([['push', event]])),
      sensor: 'sn',
      namespace: 'playground',
      trigger: 'both',
      events: new Map([['push', event]]),
      orderKey: 'v1/pods/a/b',
    },
    {
      id: firingId(sensor, 'push-only', new Map([['push', event]])),
      sensor: 'sn',
      namespace: 'playground',
      trigger: 'push-only',
      events: new Map([['push', event]]),
      orderKey: 'v1/pods/a/b',
    },
  ]);
});

test('the same decision has the same id, and no other one has it', () => {
  const events = new Map([['push', buildEvent('e1')]]);
  const others = [
    firingId({ namespace: 'other', name: 'sn' }, 'both', events),
    firingId({ namespace: 'playground', name: 'other' }, 'both', events),
    firingId(sensor, 'push-only', events),
    firingId(sensor, 'both', new Map([['pull', buildEvent('e1')]])),
    firingId(sensor, 'both', new Map([['push', buildEvent('e2')]])),
  ];

  expect(firingId(sensor, 'both', new Map([['push', buildEvent('e1', { data: { other: 1 } })]]))).toBe(firingId(sensor, 'both', events));
  expect(new Set([firingId(sensor, 'both', events), ...others]).size).toBe(6);
});
