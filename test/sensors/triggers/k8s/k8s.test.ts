import { describe, expect, test } from 'vitest';
import { EngineError } from '../../../../src/core/errors/engine-error.ts';
import type { KubeObject } from '../../../../src/core/kube/kube.ts';
import { buildEvent } from '../../../support/build-sensor.ts';
import { type FiringOptions, prepareFirst } from '../../../support/compile-sensor.ts';
import { serve } from '../../../support/http-server.ts';
import { type MemoryKube, memoryKube } from '../../../support/memory-kube.ts';

const map = (metadata: object = { name: 'm' }, rest: object = {}) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata, ...rest });
const path = '/api/v1/namespaces/playground/configmaps';

async function fire(kube: MemoryKube, k8s: object, options: FiringOptions & { data?: object; name?: string } = {}): Promise<string> {
  const { data = {}, name = 'act', ...rest } = options;
  const action = await prepareFirst({ triggers: [{ template: { name, k8s } }] }, buildEvent('1', { data }), { kube, ...rest });
  return (await action.fire()).summary;
}

const stored = (kube: MemoryKube, name = 'm'): KubeObject => kube.objects.get(`${path}/${name}`)!;

describe('create', () => {
  test('sends the object with the labels of Argo and the id of the firing', async () => {
    const kube = memoryKube();

    expect(await fire(kube, { source: { resource: map({ name: 'm', labels: { a: 'b' } }, { data: { k: 'v' } }) } })).toBe(
      'created ConfigMap playground/m',
    );
    expect(stored(kube)).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'm',
        namespace: 'playground',
        resourceVersion: '1',
        labels: {
          a: 'b',
          'events.argoproj.io/sensor': 'sn',
          'events.argoproj.io/trigger': 'act',
          'events.argoproj.io/action-timestamp': '1784376000000',
        },
        annotations: { 'sensorium.io/firing': 'f1' },
      },
      data: { k: 'v' },
    });
  });

  test('a firing that comes again finds its own object', async () => {
    const kube = memoryKube();
    await fire(kube, { source: { resource: map() } });

    expect(await fire(kube, { source: { resource: map() } })).toBe('created ConfigMap playground/m before');
    expect(kube.objects.size).toBe(1);
  });

  test('an object of somebody else is an error', async () => {
    const kube = memoryKube();
    kube.put({ ...map(), metadata: { name: 'm', namespace: 'playground' } });

    await expect(fire(kube, { source: { resource: map() } })).rejects.toThrow('create ConfigMap playground/m: already exists');
  });

  test('a generated name is the same when the firing comes again, and another for another firing', async () => {
    const kube = memoryKube();
    const k8s = { source: { resource: map({ generateName: 'run-' }) } };

    const first = await fire(kube, k8s);
    const again = await fire(kube, k8s);
    const other = await fire(kube, k8s, { id: 'f2' });

    expect(first).toMatch(/^created ConfigMap playground\/run-[0-9a-f]{10}$/);
    expect(again).toBe(`${first} before`);
    expect(other).not.toBe(first);
    expect(kube.objects.size).toBe(2);
  });

  test('a name that no label can hold is bent until one can', async () => {
    const kube = memoryKube();
    await fire(kube, { source: { resource: map() } }, { name: `-my trigger/${'x'.repeat(80)}` });

    expect(stored(kube).metadata.labels?.['events.argoproj.io/trigger']).toBe(`my-trigger-${'x'.repeat(51)}`);
  });

  test('the API server says whether a kind lives in a namespace', async () => {
    const kube = memoryKube();
    const resource = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast', namespace: 'x' } };

    expect(await fire(kube, { source: { resource } })).toBe('created StorageClass fast');
    expect(kube.sent[0]?.body).not.toHaveProperty('metadata.namespace');
  });
});

describe('update', () => {
  test('lays the object over what is there', async () => {
    const kube = memoryKube();
    kube.put(
      map({ name: 'm', namespace: 'playground', labels: { a: 'b' } }, { data: { x: '1', y: '2' }, list: [1, 2] }) as unknown as KubeObject,
    );

    expect(await fire(kube, { operation: 'update', source: { resource: map({ name: 'm' }, { data: { y: '3' }, list: [9] }) } })).toBe(
      'updated ConfigMap playground/m',
    );
    expect(stored(kube)).toMatchObject({ metadata: { labels: { a: 'b' } }, data: { x: '1', y: '3' }, list: [9] });
  });

  test('reads and merges anew when somebody else was faster', async () => {
    const kube = memoryKube();
    kube.put(map({ name: 'm', namespace: 'playground' }, { data: { theirs: 'old' } }) as unknown as KubeObject);
    let once = true;
    kube.refuse = (call) => {
      if (!call.startsWith('PUT') || !once) return undefined;
      once = false;
      kube.put(map({ name: 'm', namespace: 'playground' }, { data: { theirs: 'new' } }) as unknown as KubeObject);
      return undefined;
    };

    await fire(kube, { operation: 'update', source: { resource: map({ name: 'm' }, { data: { ours: 'x' } }) } });

    expect(stored(kube)['data']).toEqual({ theirs: 'new', ours: 'x' });
    expect(kube.calls.map((call) => call.split(' ')[0])).toEqual(['GET', 'PUT', 'GET', 'PUT']);
  });

  test('an object that is made between our look and our create is updated', async () => {
    const kube = memoryKube();
    kube.refuse = (call) => {
      if (call.startsWith('POST'))
        kube.put(map({ name: 'm', namespace: 'playground' }, { data: { theirs: '1' } }) as unknown as KubeObject);
      return undefined;
    };

    await fire(kube, { operation: 'update', source: { resource: map({ name: 'm' }, { data: { ours: '2' } }) } });

    expect(stored(kube)['data']).toEqual({ theirs: '1', ours: '2' });
  });

  test('liveObject lets the parameters edit what is there, once for a firing', async () => {
    const kube = memoryKube();
    kube.put(map({ name: 'm', namespace: 'playground' }, { data: { log: 'a' } }) as unknown as KubeObject);
    const k8s = {
      operation: 'update',
      liveObject: true,
      source: { resource: map({ name: 'm', namespace: 'playground' }) },
      parameters: [{ src: { dependencyName: 'dep', dataKey: 'x' }, dest: 'data.log', operation: 'append' }],
    };

    await fire(kube, k8s, { data: { x: 'b' } });
    expect(await fire(kube, k8s, { data: { x: 'b' } })).toBe('updated ConfigMap playground/m before');
    await fire(kube, k8s, { data: { x: 'c' }, id: 'f2' });

    expect(stored(kube)['data']).toEqual({ log: 'abc' });
  });

  test('a live object that changed meanwhile is not overwritten: the firing is to be tried anew', async () => {
    const kube = memoryKube();
    kube.put(map({ name: 'm', namespace: 'playground' }) as unknown as KubeObject);
    const k8s = { operation: 'update', liveObject: true, source: { resource: map({ name: 'm', namespace: 'playground' }) } };
    const action = await prepareFirst({ triggers: [{ template: { name: 'act', k8s } }] }, buildEvent('1'), { kube });
    kube.put(map({ name: 'm', namespace: 'playground' }, { data: { theirs: '1' } }) as unknown as KubeObject);

    await expect(action.fire()).rejects.toMatchObject({ code: 'CONFLICT_KUBE', retry: 'now' });
    expect(stored(kube)['data']).toEqual({ theirs: '1' });
  });
});

describe('patch', () => {
  test('sends the object as a merge patch, or creates it', async () => {
    const kube = memoryKube();
    const k8s = { operation: 'patch', source: { resource: map({ name: 'm' }, { data: { k: 'v' } }) } };

    expect(await fire(kube, k8s)).toBe('created ConfigMap playground/m');
    expect(await fire(kube, k8s)).toBe('patched ConfigMap playground/m');
    expect(kube.sent.map((one) => one.contentType)).toEqual(['application/merge-patch+json', undefined, 'application/merge-patch+json']);
  });

  test('a JSON patch is the list that stands beside the metadata of its target', async () => {
    const kube = memoryKube();
    kube.put(map({ name: 'm', namespace: 'playground' }) as unknown as KubeObject);
    const resource = map({ name: '' }, { patch: [{ op: 'add', path: '/data/k', value: 0 }] });
    const parameters = [
      { src: { dependencyName: 'dep', dataKey: 'name' }, dest: 'metadata.name' },
      { src: { dependencyName: 'dep', dataKey: 'n', useRawData: true }, dest: 'patch.0.value' },
    ];

    await fire(
      kube,
      { operation: 'patch', patchStrategy: 'application/json-patch+json', source: { resource }, parameters },
      { data: { name: 'm', n: 7 } },
    );

    expect(kube.calls).toEqual([`PATCH ${path}/m`]);
    expect(kube.sent[0]).toEqual({ body: [{ op: 'add', path: '/data/k', value: 7 }], contentType: 'application/json-patch+json' });
  });

  test('an apply patch is a server-side apply', async () => {
    const kube = memoryKube();

    expect(await fire(kube, { operation: 'patch', patchStrategy: 'application/apply-patch+yaml', source: { resource: map() } })).toBe(
      'applied ConfigMap playground/m',
    );
    expect(kube.sent[0]?.contentType).toBe('application/apply-patch+yaml');
  });
});

test('apply comes to the same end however often it is done', async () => {
  const kube = memoryKube();

  expect(await fire(kube, { operation: 'apply', source: { resource: map() } })).toBe('applied ConfigMap playground/m');
  expect(await fire(kube, { operation: 'apply', source: { resource: map() } })).toBe('applied ConfigMap playground/m');
  expect(kube.objects.size).toBe(1);
});

test('to delete what is not there is a success', async () => {
  const kube = memoryKube();
  kube.put(map({ name: 'm', namespace: 'playground' }) as unknown as KubeObject);

  expect(await fire(kube, { operation: 'delete', source: { resource: map() } })).toBe('deleted ConfigMap playground/m');
  expect(await fire(kube, { operation: 'delete', source: { resource: map() } })).toBe(
    'nothing to delete: there is no ConfigMap playground/m',
  );
});

describe('where the object comes from', () => {
  const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata: {big: 12345678901234567890}\n';

  test('an inline text, with all digits of its numbers', async () => {
    const kube = memoryKube();
    await fire(kube, { source: { inline: yaml } });

    expect(stored(kube)['data']).toEqual({ big: 12345678901234567890n });
  });

  test('a key of a ConfigMap in the namespace of the sensor', async () => {
    const kube = memoryKube();
    kube.put({ ...map({ name: 'templates', namespace: 'playground' }), data: { 'm.yaml': yaml } } as unknown as KubeObject);

    expect(await fire(kube, { source: { configmap: { name: 'templates', key: 'm.yaml' } } })).toBe('created ConfigMap playground/m');
    await expect(fire(kube, { source: { configmap: { name: 'templates', key: 'x' } } })).rejects.toThrow(
      'cannot read x: ConfigMap playground/templates has no key "x"',
    );
  });

  test('a web page, and one that is missing', async () => {
    await using server = await serve((request, response) => {
      if (request.url === '/m.yaml') response.end('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: m }\n');
      else response.writeHead(404).end();
    });
    const kube = memoryKube();

    expect(await fire(kube, { source: { url: { path: `http://${server.host}/m.yaml` } } })).toBe('created ConfigMap playground/m');
    await expect(fire(kube, { source: { url: { path: `http://${server.host}/x` } } })).rejects.toMatchObject({
      message: `cannot read http://${server.host}/x: the server answered 404`,
      retry: 'backoff',
    });
  });

  test('a file, and a file that is missing', async () => {
    await expect(fire(memoryKube(), { source: { file: { path: 'no/such/file.yaml' } } })).rejects.toThrow(
      /^cannot read no\/such\/file\.yaml: ENOENT/,
    );
  });
});

describe('what is no object after its parameters is never sent', () => {
  test.each<[string, object, string]>([
    ['create', { kind: 'ConfigMap', metadata: { name: 'm' } }, 'the resource has no apiVersion'],
    ['create', { apiVersion: 'v1', metadata: { name: 'm' } }, 'the resource has no kind'],
    ['create', { apiVersion: 'v1', kind: 'ConfigMap' }, 'the resource has no metadata'],
    ['create', map({}), 'name or generateName is required: the resource has neither in its metadata'],
    ['delete', map({ generateName: 'x-' }), 'name is required: to delete an object, the resource needs metadata.name'],
    ['update', map({ name: 5 }), 'metadata.name is not a text'],
  ])('%s %j', async (operation, resource, problem) => {
    const kube = memoryKube();

    await expect(fire(kube, { operation, source: { resource } })).rejects.toThrow(
      `after its parameters the trigger is not valid: ${problem}`,
    );
    expect(kube.calls).toEqual([]);
  });
});

test('what the API server says passes through with when to try again', async () => {
  const kube = memoryKube();
  kube.refuse = () => new EngineError('REMOTE_KUBE_FORBIDDEN', { verb: 'create', target: 'ConfigMap playground/m', reason: 'no' });

  await expect(fire(kube, { source: { resource: map() } })).rejects.toMatchObject({ code: 'REMOTE_KUBE_FORBIDDEN', retry: 'backoff' });
});
