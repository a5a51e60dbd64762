import { expect, test } from 'vitest';
import { markedBy } from '../../../../sensors/triggers/k8s/marks.ts';
import { buildEvent } from '../../../support/build-event.ts';

const trace = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', annotations: { mine: 'x' } } };
const firing = (extensions: Record<string, string>) => ({
  id: 'f1',
  sensor: 'sn',
  namespace: 'shop',
  trigger: 'go',
  events: new Map([['dep', buildEvent({ extensions })]]),
  orderKey: undefined,
});

test('an object bears the firing, and the trace of its event', () => {
  expect(markedBy(firing({ traceparent: trace }), object).metadata.annotations).toEqual({
    mine: 'x',
    'sensorium.io/traceparent': trace,
    'sensorium.io/firing': 'f1',
  });
});

test('an event without a trace leaves none', () => {
  expect(markedBy(firing({}), object).metadata.annotations).toEqual({ mine: 'x', 'sensorium.io/firing': 'f1' });
});
