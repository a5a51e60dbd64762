import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { type OpenOptions, openKube } from '../../../src/core/kube/client.ts';
import type { KubeObject, ResourceType } from '../../../src/core/kube/kube.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { TestClock } from '../../support/clock.ts';
import { record } from '../../support/record.ts';
import { tokenConfig } from '../../support/token-config.ts';
import { type Asked, json, refuse, startStub } from './stub.ts';

const ingresses: ResourceType = { group: 'networking.k8s.io', version: 'v1', resource: 'ingresses', kind: 'Ingress', namespaced: true };
const nodes: ResourceType = { group: '', version: 'v1', resource: 'nodes', kind: 'Node', namespaced: false };
const ingress: KubeObject = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web-ing', namespace: 'playground' } };
const at = { name: 'web-ing', namespace: 'playground' };
const collection = '/apis/networking.k8s.io/v1/namespaces/playground/ingresses';

async function serving(answer: Parameters<typeof startStub>[0], options: Partial<OpenOptions> = {}) {
  const stub = await startStub(answer);
  const told = record();
  const kube = openKube(tokenConfig(stub, 'secret', 'here'), { tell: told.tell, clock: systemClock, ...options });
  return {
    stub,
    told,
    kube,
    async [Symbol.asyncDispose]() {
      await kube[Symbol.asyncDispose]();
      await stub[Symbol.asyncDispose]();
    },
  };
}

describe('requests', () => {
  test('each verb is the request that the API server expects', async () => {
    const seen: Asked[] = [];
    await using it = await serving((asked, response) => {
      seen.push(asked);
      json(response, 200, ingress);
    });
    const { kube, stub } = it;

    await kube.get(ingresses, at);
    await kube.create(ingresses, ingress, { fieldManager: 'me', dryRun: true });
    await kube.replace(ingresses, ingress);
    await kube.patch(ingresses, at, [{ op: 'remove', path: '/spec' }], 'application/json-patch+json');
    await kube.apply(ingresses, ingress, { fieldManager: 'me', force: true });
    await kube.delete(ingresses, at, { uid: 'u', resourceVersion: '7', propagationPolicy: 'Foreground' });
    await kube.delete(nodes, { name: 'one', namespace: 'ignored' });
    await kube.get(ingresses, { name: 'a b' });

    expect(stub.asked).toEqual([
      `GET ${collection}/web-ing`,
      `POST ${collection}?fieldManager=me&dryRun=All`,
      `PUT ${collection}/web-ing`,
      `PATCH ${collection}/web-ing`,
      `PATCH ${collection}/web-ing?fieldManager=me&force=true`,
      `DELETE ${collection}/web-ing`,
      'DELETE /api/v1/nodes/one',
      'GET /apis/networking.k8s.io/v1/namespaces/here/ingresses/a%20b',
    ]);
    expect(seen.map(({ headers }) => headers['content-type'])).toEqual([
      undefined,
      'application/json',
      'application/json',
      'application/json-patch+json',
      'application/apply-patch+yaml',
      'application/json',
      'application/json',
      undefined,
    ]);
    expect(JSON.parse(seen[5]!.body)).toEqual({
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      preconditions: { uid: 'u', resourceVersion: '7' },
      propagationPolicy: 'Foreground',
    });
    expect(seen[0]!.headers).toMatchObject({ authorization: 'Bearer secret', accept: 'application/json', 'user-agent': 'sensorium' });
  });

  test('what is created and changed can be asked for in the name of another user', async () => {
    const users: unknown[] = [];
    await using it = await serving((asked, response) => {
      users.push(asked.headers['impersonate-user']);
      json(response, 200, ingress);
    });

    await it.kube.create(ingresses, ingress, { impersonate: 'system:serviceaccount:ci:builder' });
    await it.kube.delete(ingresses, at, { impersonate: 'jane' });
    await it.kube.create(ingresses, ingress);

    expect(users).toEqual(['system:serviceaccount:ci:builder', 'jane', undefined]);
  });

  test.each([
    ['', 'the name is empty'],
    ['..', '".." cannot be a name'],
    ['a/b', '"a/b" cannot be a name'],
    ['%2e', '"%2e" cannot be a name'],
  ])('the name %j never becomes another path', async (name, reason) => {
    await using it = await serving((_, response) => json(response, 200, {}));

    await expect(it.kube.delete(ingresses, { name, namespace: 'playground' })).rejects.toMatchObject({
      code: 'REMOTE_KUBE_INVALID',
      message: `delete Ingress playground/${name}: ${reason}`,
    });
    await expect(it.kube.get(ingresses, { name: 'x', namespace: name })).rejects.toThrow(reason.replace('name', 'namespace'));
    expect(it.stub.asked).toEqual([]);
  });

  test('a request is told with verb, status and time', async () => {
    await using it = await serving((_, response) => json(response, 200, ingress));

    await it.kube.get(ingresses, at);

    expect(it.told.of('kubeRequest')).toEqual([{ verb: 'get', status: 200, took: expect.any(Number) }]);
  });

  test('integers keep all their digits in both directions', async () => {
    let body = '';
    await using it = await serving((asked, response) => {
      body = asked.body;
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"kind":"Ingress","spec":{"n":9007199254740993}}');
    });

    const made = await it.kube.create(ingresses, { ...ingress, spec: { n: 18446744073709551615n } });

    expect(body).toContain('"n":18446744073709551615');
    expect(made.spec).toEqual({ n: 9007199254740993n });
  });

  test('a client-side rate limit, where one is set, holds calls back in order', async () => {
    const clock = new TestClock();
    await using it = await serving((_, response) => json(response, 200, ingress), { clock, rateLimit: { perSecond: 2, burst: 2 } });
    const done: number[] = [];
    const all = [1, 2, 3, 4].map((number) => it.kube.get(ingresses, { name: `n${number}`, namespace: 'x' }).then(() => done.push(number)));

    await Promise.all(all.slice(0, 2));
    expect(done.toSorted()).toEqual([1, 2]);
    await clock.turn(500);
    await all[2];
    expect(done.length).toBe(3);
    await clock.turn(500);
    await Promise.all(all);
    expect(done.slice(2)).toEqual([3, 4]);
  });
});

describe('faults', () => {
  test('nobody there: said with the reason, told once until it is back', async () => {
    const first = await startStub((_, response) => json(response, 200, ingress));
    const port = Number(new URL(first.server).port);
    await first[Symbol.asyncDispose]();
    const told = record();
    await using kube = openKube(tokenConfig(first), { tell: told.tell, clock: systemClock });

    const refused = {
      code: 'UNREACHABLE_KUBE',
      retry: 'backoff',
      message: `the API server at ${first.server} cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}`,
    };
    await expect(kube.get(ingresses, at)).rejects.toMatchObject(refused);
    await expect(kube.kind('v1', 'Pod')).rejects.toMatchObject(refused);
    await using _second = await startStub((_, response) => json(response, 200, ingress), port);
    await kube.get(ingresses, at);

    expect(told.all.map(({ name }) => name)).toEqual(['kubeAway', 'kubeBack', 'kubeRequest']);
  });

  test('a GET on a kept connection that closes is sent once more; a POST is not', async () => {
    await using it = await serving((asked, response) => {
      if (asked.count === 2 || asked.count === 4) response.destroy();
      else json(response, 200, ingress);
    });

    await it.kube.get(ingresses, at);
    await it.kube.get(ingresses, at);
    await expect(it.kube.create(ingresses, ingress)).rejects.toMatchObject({ code: 'UNREACHABLE_KUBE' });

    expect(it.stub.asked.map((one) => one.split(' ')[0])).toEqual(['GET', 'GET', 'GET', 'POST']);
  });

  test.each([
    ['before it answers', (response: ServerResponse) => void response],
    [
      'in the middle of its answer',
      (response: ServerResponse) => response.writeHead(200, { 'content-type': 'application/json' }).write('{"kind":'),
    ],
  ])('a server that hangs %s is given up', async (_, hang) => {
    await using it = await serving((_asked, response) => void hang(response), { limits: { answer: 100 } });

    await expect(it.kube.create(ingresses, ingress)).rejects.toMatchObject({ code: 'UNREACHABLE_KUBE', retry: 'backoff' });
  });

  test('an answer that is cut off is no answer', async () => {
    await using it = await serving((_, response) => {
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': '100' }).write('{"kind":"Ingress"');
      setImmediate(() => response.destroy());
    });

    await expect(it.kube.create(ingresses, ingress)).rejects.toMatchObject({ code: 'UNREACHABLE_KUBE' });
  });

  test.each([
    ['broken JSON', 'application/json', '{"kind":', 'the API server sent what cannot be read: '],
    ['a web page', 'text/html', '<html>', 'the API server sent what cannot be read: no JSON object'],
    ['a list', 'application/json', '[]', 'the API server sent what cannot be read: no JSON object'],
  ])('%s instead of an object is said to be unreadable', async (_, type, text, message) => {
    await using it = await serving((_asked, response) => response.writeHead(200, { 'content-type': type }).end(text));

    await expect(it.kube.get(ingresses, at)).rejects.toMatchObject({
      code: 'REMOTE_KUBE_GARBLED',
      retry: 'backoff',
      message: expect.stringContaining(`get Ingress playground/web-ing: ${message}`),
    });
  });

  test('a call that is aborted rejects with the reason, and nobody is said to be away', async () => {
    const abort = new AbortController();
    await using it = await serving(() => abort.abort('enough'));

    await expect(it.kube.get(ingresses, at, { signal: abort.signal })).rejects.toBe('enough');
    await expect(it.kube.get(ingresses, at, { signal: abort.signal })).rejects.toBe('enough');
    expect(it.told.all).toEqual([]);
  });

  test('a client that is closed ends its calls, and nobody is said to be away', async () => {
    await using it = await serving(() => it.kube[Symbol.asyncDispose]());

    await expect(it.kube.get(ingresses, at)).rejects.toMatchObject({ code: 'UNREACHABLE_KUBE' });
    expect(it.told.all).toEqual([]);
  });

  test('one signal serves any number of calls', async () => {
    const { signal } = new AbortController();
    await using it = await serving((_, response) => json(response, 200, ingress));

    await Promise.all(Array.from({ length: 200 }, () => it.kube.get(ingresses, at, { signal })));

    expect(it.stub.asked.length).toBe(200);
  });

  test('after 401 the credentials are read anew', async () => {
    let token = 'old';
    const expected = 'Bearer new';
    const refused = () => {
      token = 'new';
    };
    const stub = await startStub((asked, response) => {
      if (asked.headers.authorization === expected) json(response, 200, ingress);
      else refuse(response, 401, 'Unauthorized');
    });
    const config = { ...tokenConfig(stub), authorization: async () => `Bearer ${token}`, refused };
    await using kube = openKube(config, { tell: record().tell, clock: systemClock });

    await expect(kube.get(ingresses, at)).rejects.toMatchObject({
      code: 'REMOTE_KUBE_UNAUTHORIZED',
      message: `the API server at ${stub.server} refused the credentials`,
      retry: 'backoff',
    });
    expect((await kube.get(ingresses, at)).kind).toBe('Ingress');
    await stub[Symbol.asyncDispose]();
  });
});

describe('discovery', () => {
  const resources = [
    { name: 'ingresses/status', kind: 'Ingress', namespaced: true },
    { name: 'ingresses', kind: 'Ingress', namespaced: true },
  ];

  test('many who ask at once ask once, and what is known is not asked again', async () => {
    await using it = await serving((_, response) => json(response, 200, { kind: 'APIResourceList', resources }));

    const found = await Promise.all(Array.from({ length: 20 }, () => it.kube.kind('networking.k8s.io/v1', 'Ingress')));
    await it.kube.resource('networking.k8s.io', 'v1', 'ingresses');

    expect(new Set(found).size).toBe(1);
    expect(found[0]).toEqual(ingresses);
    expect(it.stub.asked).toEqual(['GET /apis/networking.k8s.io/v1']);
  });

  test('a miss asks the server anew', async () => {
    let installed: object[] = [];
    await using it = await serving((_, response) => json(response, 200, { kind: 'APIResourceList', resources: installed }));
    await expect(it.kube.kind('networking.k8s.io/v1', 'Ingress')).rejects.toThrow(
      'the API server does not know kind "Ingress" in networking.k8s.io/v1',
    );

    installed = resources;

    expect(await it.kube.kind('networking.k8s.io/v1', 'Ingress')).toEqual(ingresses);
  });

  test('a server that cannot be asked is not a server without the kind', async () => {
    await using it = await serving((_, response) => refuse(response, 503, 'starting'));

    await expect(it.kube.kind('networking.k8s.io/v1', 'Ingress')).rejects.toMatchObject({ code: 'REMOTE_KUBE_BUSY' });
  });

  test('a resource that is gone is said to be gone, and its kind is asked for again', async () => {
    await using it = await serving((asked, response) => {
      if (asked.path === '/apis/networking.k8s.io/v1') return json(response, 200, { resources });
      response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found');
    });
    const found = await it.kube.kind('networking.k8s.io/v1', 'Ingress');

    await expect(it.kube.delete(found, at)).rejects.toMatchObject({
      code: 'REMOTE_KUBE_UNKNOWN_KIND',
      message: 'the API server does not know resource "ingresses" in networking.k8s.io/v1',
    });
    await it.kube.kind('networking.k8s.io/v1', 'Ingress');

    expect(it.stub.asked.filter((one) => one === 'GET /apis/networking.k8s.io/v1').length).toBe(2);
  });
});
