import { describe, expect, test } from 'vitest';
import { buildEvent } from '../../support/build-sensor.ts';
import { compiledSensor, prepareFirst, prepareOf } from '../../support/compile-sensor.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { record } from '../../support/record.ts';

const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm' } };
const set = (dest: string, dataKey: string, rest: object = {}) => ({ src: { dependencyName: 'dep', dataKey, ...rest }, dest });

async function summary(template: object, parameters: object[], data: object): Promise<string> {
  const spec = { triggers: [{ template: { name: 't', ...template }, parameters }] };
  return (await prepareFirst(spec, buildEvent('1', { data }), { kube: memoryKube() })).summary;
}

describe('parameters of the template', () => {
  test('choose the operation', async () => {
    const template = { k8s: { operation: 'create', source: { resource: map } } };

    expect(await summary(template, [set('k8s.operation', 'op')], { op: 'delete' })).toBe('delete ConfigMap playground/m');
  });

  test('come before the parameters of the resource', async () => {
    const template = {
      k8s: { source: { resource: map }, parameters: [{ ...set('metadata.name', 'name'), operation: 'append' }] },
    };

    expect(await summary(template, [set('k8s.source.resource.metadata.name', 'prefix')], { prefix: 'a-', name: 'b' })).toBe(
      'create ConfigMap playground/a-b',
    );
  });

  test('may choose what is acted on, and where', async () => {
    const template = { k8s: { source: { resource: map } } };
    const parameters = [set('k8s.source.resource.kind', 'kind'), set('k8s.source.resource.metadata.namespace', 'ns')];

    expect(await summary(template, parameters, { kind: 'Secret', ns: 'elsewhere' })).toBe('create Secret elsewhere/m');
  });

  test('may spell fields as Go’s JSON reads them, and name fields that nobody knows', async () => {
    const template = { k8s: { operation: 'create', source: { resource: map } } };
    const parameters = [set('K8S.Operation', 'op'), set('k8s.unknown', 'op')];

    expect(await summary(template, parameters, { op: 'delete' })).toBe('delete ConfigMap playground/m');
  });

  test('may change the type', async () => {
    const { tell, of } = record();
    const template = { name: 't', k8s: { source: { resource: map } } };
    const parameters = [
      { src: { dependencyName: 'dep', dataKey: 'nothing', useRawData: true }, dest: 'k8s' },
      { src: { dependencyName: 'dep', dataKey: 'log', useRawData: true }, dest: 'log' },
      set('name', 'name'),
    ];
    const action = await prepareFirst(
      { triggers: [{ template, parameters }] },
      buildEvent('1', { data: { nothing: null, log: {}, name: 'renamed' } }),
      { tell },
    );
    await action.fire();

    expect(of('eventLogged')).toMatchObject([{ trigger: 'renamed' }]);
  });

  test('are read once for each text that they make, and keep what the trigger remembers', async () => {
    const { tell, of } = record();
    const spec = {
      triggers: [{ template: { name: 't', log: {} }, parameters: [set('log.intervalSeconds', 'every', { useRawData: true })] }],
    };
    const { compiled } = compiledSensor(spec);
    const fire = async (every: number) => (await prepareOf(compiled!, buildEvent('1', { data: { every } }), { tell })).fire();

    await fire(60);
    await fire(60);
    await fire(30);

    expect(of('eventLogged')).toHaveLength(2);
  });
});

describe('what is no trigger after its parameters is never fired', () => {
  const k8s = { k8s: { operation: 'create', source: { resource: map } } };

  test.each<[object, object[], object, string]>([
    [k8s, [set('k8s.operation', 'op')], { op: 'explode' }, 'k8s.operation: unknown operation type explode'],
    [{ log: {} }, [set('log.intervalSeconds', 'n')], { n: 5 }, 'log.intervalSeconds: intervalSeconds must be a number, not the text "5"'],
    [k8s, [set('log', 'v', { useRawData: true })], { v: {} }, 'it must have one type, and it has k8s, log'],
    [k8s, [set('k8s', 'v', { useRawData: true })], { v: null }, 'it must have one type, and it has none'],
    [
      k8s,
      [set('k8s', 'none', { useRawData: true }), set('awsLambda.functionName', 'name')],
      { none: null, name: 'x' },
      'the trigger type awsLambda is not supported',
    ],
    [k8s, [set('k8s.source', 'v', { useRawData: true })], { v: {} }, 'k8s.source: k8s trigger does not contain an absolute action'],
    [k8s, [set('name', 'v')], { v: '' }, 'name: trigger must define a name'],
  ])('%j', async (template, parameters, data, problem) => {
    const rendered = summary(template, parameters, data);

    await expect(rendered).rejects.toMatchObject({ code: 'EVENT_RENDERED_INVALID', retry: 'never' });
    await expect(rendered).rejects.toThrow(`after its parameters the trigger is not valid: ${problem}`);
  });
});

test('what a firing would do can be shown whole, and nothing is done by it', async () => {
  const kube = memoryKube();
  const template = { name: 't', k8s: { source: { resource: map }, parameters: [set('data.k', 'v')] } };
  const action = await prepareFirst({ triggers: [{ template }] }, buildEvent('1', { data: { v: 'x' } }), { kube });

  expect(action.rendered).toEqual({ operation: 'create', object: { ...map, data: { k: 'x' } } });
  expect(kube.calls).toEqual([]);
});

test('one firing leaves no trace in the next', async () => {
  const template = { name: 't', k8s: { source: { resource: map }, parameters: [{ ...set('metadata.name', 'v'), operation: 'append' }] } };
  const { compiled } = compiledSensor({ triggers: [{ template }] });
  const summaryOf = async (v: string) => (await prepareOf(compiled!, buildEvent('1', { data: { v } }), { kube: memoryKube() })).summary;

  expect([await summaryOf('1'), await summaryOf('2')]).toEqual(['create ConfigMap playground/m1', 'create ConfigMap playground/m2']);
});
