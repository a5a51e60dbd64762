import { expect, test } from 'vitest';
import { type TriggerType, triggers } from '../../../sensors/triggers/registry.ts';
import { buildEvent } from '../../support/build-sensor.ts';
import { compiledSensor, prepareFirst, prepareOf } from '../../support/compile-sensor.ts';
import { memoryKube } from '../../support/memory-kube.ts';

/** For each type a block, and where in it an event's value must arrive: by the trigger's parameters, by the block's own, and by its payload. */
interface Row {
  readonly block: object;
  readonly dest: string;
  /** Undefined where the type has none, or applies them only when it acts. */
  readonly own?: string;
  readonly hasPayload?: true;
}

const secret = { name: 's', key: 'k' };
const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm' } };
const workflow = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', metadata: { name: 'w' } };
const nothing = [{ src: { dependencyName: 'dep', value: 'x' }, dest: 'x' }];

const rows: Record<Exclude<TriggerType, 'log'>, Row> = {
  k8s: { block: { source: { resource: object } }, dest: 'source.resource.data.x', own: 'data.x' },
  argoWorkflow: {
    block: { operation: 'submit', source: { resource: workflow } },
    dest: 'source.resource.spec.entrypoint',
    own: 'spec.entrypoint',
  },
  http: { block: { url: 'http://x' }, dest: 'headers.x', own: 'headers.x', hasPayload: true },
  kafka: { block: { url: 'x:9092', topic: 't', payload: nothing }, dest: 'topic', own: 'topic', hasPayload: true },
  nats: { block: { url: 'nats://x', subject: 's', payload: nothing }, dest: 'subject', own: 'subject', hasPayload: true },
  slack: { block: { slackToken: secret, channel: 'c', message: 'm' }, dest: 'message', own: 'message' },
  // Its own parameters edit what its server gives back: see its own tests.
  custom: { block: { serverURL: 'x:9000', spec: { a: 'b' } }, dest: 'spec.a', hasPayload: true },
  tekton: { block: { pipeline: 'p' }, dest: 'pipeline', own: 'spec.taskRunTemplate.serviceAccountName' },
  email: { block: { host: 'h', port: 25, from: 'a@x.com', to: ['b@x.com'], subject: 's', body: 'b' }, dest: 'subject', own: 'subject' },
};

const parameter = (dest: string) => [{ src: { dependencyName: 'dep', dataKey: 'word' }, dest }];
const event = buildEvent('1', { data: { word: 'from-the-event', seconds: 60 } });

async function rendered(type: string, block: object, parameters: object[] = []): Promise<string> {
  const action = await prepareFirst({ triggers: [{ template: { name: 't', [type]: block }, parameters }] }, event, { kube: memoryKube() });
  return `${action.summary} ${JSON.stringify(action.rendered)}`;
}

const cases = Object.entries(rows).flatMap(([type, { block, dest, own, hasPayload }]) => [
  { type, by: 'the parameters of the trigger', block, parameters: parameter(`${type}.${dest}`) },
  ...(own ? [{ type, by: 'the parameters of its block', block: { ...block, parameters: parameter(own) }, parameters: [] }] : []),
  ...(hasPayload ? [{ type, by: 'its payload', block: { ...block, payload: parameter('word') }, parameters: [] }] : []),
]);

test.each(cases)('$type takes the values of events by $by', async ({ type, block, parameters }) => {
  expect(await rendered(type, rows[type as keyof typeof rows].block)).not.toContain('from-the-event');
  expect(await rendered(type, block, parameters)).toContain('from-the-event');
});

test('log takes them by the parameters of the trigger', async () => {
  const src = { dependencyName: 'dep', dataKey: 'seconds', useRawData: true };
  const { compiled } = compiledSensor({
    triggers: [{ template: { name: 't', log: {} }, parameters: [{ src, dest: 'log.intervalSeconds' }] }],
  });
  const fire = async () => (await (await prepareOf(compiled!, event)).fire()).summary;

  expect(await fire()).toBe('logged');
  expect(await fire()).toBe('not logged: the last line was written less than 60 s ago');
});

test('every type that is built has its row', () => {
  expect([...Object.keys(rows), 'log'].sort()).toEqual(triggers.map(({ type }) => type).sort());
});
