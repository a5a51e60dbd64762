import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LocalCluster, type LocalClusterOptions, startLocalCluster } from '../../../src/cli/local-cluster/index.ts';
import { parseDocuments } from '../../../src/core/yaml/documents.ts';
import { type Api, apply, type Body, connect, failure, merge } from '../../contracts/kube-api/http.ts';
import { eventually } from '../../support/eventually.ts';

describe('a local cluster', () => {
  let cluster: LocalCluster;
  let api: Api;
  const start = async (options: LocalClusterOptions = {}) => {
    cluster = await startLocalCluster(options);
    api = connect(cluster);
  };
  beforeEach(() => start());
  afterEach(async () => {
    await api.close();
    await cluster.close();
  });
  const again = async (options: LocalClusterOptions) => {
    await api.close();
    await cluster.close();
    await start(options);
  };
  const maps = '/api/v1/namespaces/n/configmaps';

  test('begins with two namespaces and nothing else', async () => {
    const { body } = await api.call('GET', '/api/v1/namespaces');

    expect(body.items.map((one: Body) => one.metadata.name)).toEqual(['default', 'kube-system']);
  });

  test('its kubeconfig names the server, the authority, the token and a namespace', () => {
    const [document] = parseDocuments(cluster.kubeconfigFor('playground'));
    const config = document!.value as Body;

    expect(config.clusters[0].cluster.server).toBe(cluster.server);
    expect(Buffer.from(config.clusters[0].cluster['certificate-authority-data'], 'base64').toString()).toBe(cluster.ca);
    expect(config.users[0].user.token).toBe(cluster.token);
    expect(config.contexts[0].context.namespace).toBe('playground');
  });

  test('authority and token are made anew each time', async () => {
    await using other = await startLocalCluster();

    expect(other.ca).not.toBe(cluster.ca);
    expect(other.token).not.toBe(cluster.token);
    await expect(connect({ ...other, ca: cluster.ca }).call('GET', '/version')).rejects.toThrow(/certificate/);
  });

  test('a port that is taken is an error', async () => {
    const port = Number(new URL(cluster.server).port);

    await expect(startLocalCluster({ port })).rejects.toMatchObject({
      code: 'UNREACHABLE_PORT',
      message: `cannot listen on 127.0.0.1:${port}: the port is in use`,
    });
  });

  test('closing ends the watches', async () => {
    const watch = await api.watch(`${maps}?watch=1`);

    await cluster.close();

    await Promise.race([watch.ended.catch(() => {}), new Promise((_, reject) => setTimeout(reject, 5000, new Error('the watch goes on')))]);
  });

  test('a namespace comes into being with its first object', async () => {
    await api.call('POST', maps, { metadata: { name: 'a' } });

    expect((await api.call('GET', '/api/v1/namespaces/n')).body.status).toEqual({ phase: 'Active' });
  });

  test('an object that is refused makes no namespace', async () => {
    await api.call('POST', maps, { metadata: { name: 'NO' } });

    expect((await api.call('GET', '/api/v1/namespaces/n')).code).toBe(404);
  });

  test('a namespace goes with everything in it', async () => {
    await api.call('POST', maps, { metadata: { name: 'a' } });
    await api.call('POST', '/api/v1/namespaces/n/secrets', { metadata: { name: 's' } });
    await using watch = await api.watch('/api/v1/secrets?watch=1');

    await api.call('DELETE', '/api/v1/namespaces/n');

    expect((await watch.next(2)).map(({ type }) => type)).toEqual(['ADDED', 'DELETED']);
    expect((await api.call('GET', '/api/v1/namespaces/n')).code).toBe(404);
    expect((await api.call('GET', maps)).body.items).toEqual([]);
  });

  test('a namespace waits for what finalizers hold, and takes nothing new', async () => {
    await api.call('POST', maps, { metadata: { name: 'a', finalizers: ['example.com/x'] } });

    const deleted = (await api.call('DELETE', '/api/v1/namespaces/n')).body;
    const refused = (await api.call('POST', maps, { metadata: { name: 'b' } })).body;
    const held = (await api.call('GET', '/api/v1/namespaces/n')).code;
    await api.call('PATCH', `${maps}/a`, { metadata: { finalizers: null } }, merge);

    expect(deleted.status.phase).toBe('Terminating');
    expect(refused).toEqual(
      failure(403, 'Forbidden', 'configmaps "b" is forbidden: unable to create new content in namespace n because it is being terminated', {
        name: 'b',
        kind: 'configmaps',
        causes: [{ reason: 'NamespaceTerminating', message: 'namespace n is being terminated', field: 'metadata.namespace' }],
      }),
    );
    expect(held).toBe(200);
    expect((await api.call('GET', '/api/v1/namespaces/n')).code).toBe(404);
  });

  test('a watch from before the history is told so', async () => {
    await again({ history: 10 });
    for (let index = 0; index < 20; index++) await api.call('POST', maps, { metadata: { name: `a${index}` } });

    await using watch = await api.watch(`${maps}?watch=1&resourceVersion=3`);
    const [event] = await watch.next(1);
    await watch.ended;

    const newest = (await api.call('GET', maps)).body.metadata.resourceVersion;
    expect(event).toEqual({
      type: 'ERROR',
      object: failure(410, 'Expired', `too old resource version: 3 (${newest})`),
    });
  });

  test('the next page of a list that the history has forgotten is refused', async () => {
    await again({ history: 10 });
    for (let index = 0; index < 3; index++) await api.call('POST', maps, { metadata: { name: `a${index}` } });
    const { body } = await api.call('GET', `${maps}?limit=1`);
    for (let index = 0; index < 20; index++) await api.call('PATCH', `${maps}/a0`, { data: { x: String(index) } }, merge);

    const next = await api.call('GET', `${maps}?limit=1&continue=${body.metadata.continue}`);

    expect(next.body).toMatchObject({ code: 410, reason: 'Expired' });
  });

  test('a body that is too large is refused', async () => {
    const { body } = await api.call('POST', maps, { metadata: { name: 'a' }, data: { x: 'y'.repeat(3 * 1024 * 1024) } });

    expect(body).toEqual(failure(413, 'RequestEntityTooLarge', 'Request entity too large: limit is 3145728', {}));
  });

  test('integers that a double cannot hold keep every digit', async () => {
    const event = '{"metadata":{"name":"e"},"involvedObject":{},"count":12345678901234567890}';

    await api.call('POST', '/api/v1/namespaces/n/events', event);

    expect((await api.call('GET', '/api/v1/namespaces/n/events/e')).text).toContain('"count":12345678901234567890');
  });

  test('the admission hook has the last word', async () => {
    const asked: string[] = [];
    await again({
      async admit(object, operation) {
        asked.push(`${operation} ${object.metadata.name}`);
        if (object.metadata.labels?.bad) {
          return {
            allowed: false,
            message: 'spec.x: this is broken',
            causes: [{ reason: 'OURS', field: 'spec.x', message: 'this is broken' }],
          };
        }
        return { allowed: true, object: { ...object, data: { seen: 'yes' } } };
      },
    });

    const good = (await api.call('POST', maps, { metadata: { name: 'a' } })).body;
    const bad = (await api.call('PATCH', `${maps}/a`, { metadata: { labels: { bad: '1' } } }, merge)).body;
    const applied = await api.call(
      'PATCH',
      `${maps}/c?fieldManager=me`,
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', labels: { bad: '1' } } },
      apply,
    );
    await api.call('DELETE', `${maps}/a`);

    expect(good.data).toEqual({ seen: 'yes' });
    expect(bad).toEqual(
      failure(422, 'Invalid', 'spec.x: this is broken', {
        name: 'a',
        kind: 'ConfigMap',
        causes: [{ reason: 'OURS', field: 'spec.x', message: 'this is broken' }],
      }),
    );
    expect(applied.code).toBe(422);
    expect((await api.call('GET', `${maps}/c`)).code).toBe(404);
    expect(asked).toEqual(['CREATE a', 'UPDATE a', 'CREATE c']);
  });

  /** An admission hook that holds the first two writes until both have come: so both are made from the same state. */
  const meeting = () => {
    let come = 0;
    let meet = () => {};
    const met = new Promise<void>((resolve) => {
      meet = resolve;
    });
    return async () => {
      come += 1;
      if (come === 2) meet();
      if (come <= 2) await met;
      return { allowed: true } as const;
    };
  };

  test('of two patches at the same time neither is lost', async () => {
    let admit = async (): Promise<{ allowed: true }> => ({ allowed: true });
    await again({ admit: () => admit() });
    await api.call('POST', maps, { metadata: { name: 'a' } });
    admit = meeting();

    await Promise.all(['x', 'y'].map((key) => api.call('PATCH', `${maps}/a`, { data: { [key]: '1' } }, merge)));

    expect((await api.call('GET', `${maps}/a`)).body.data).toEqual({ x: '1', y: '1' });
  });

  test('of two updates of the same version at the same time one is a conflict', async () => {
    let admit = async (): Promise<{ allowed: true }> => ({ allowed: true });
    await again({ admit: () => admit() });
    const { body } = await api.call('POST', maps, { metadata: { name: 'a' } });
    admit = meeting();

    const replies = await Promise.all(['x', 'y'].map((key) => api.call('PUT', `${maps}/a`, { ...body, data: { [key]: '1' } })));

    expect(replies.map(({ code }) => code).sort()).toEqual([200, 409]);
  });

  test('two who apply the same new object at the same time make one together', async () => {
    await again({ admit: meeting() });
    const object = (key: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { [key]: '1' } });

    const replies = await Promise.all(['x', 'y'].map((key) => api.call('PATCH', `${maps}/a?fieldManager=${key}`, object(key), apply)));

    expect(replies.map(({ code }) => code).sort()).toEqual([200, 201]);
    expect((await api.call('GET', `${maps}/a`)).body.data).toEqual({ x: '1', y: '1' });
  });

  test('warnings of the admission hook go out as headers, once each and in one line', async () => {
    const warnings = ['spec.x: unknown field "x"', 'two\nlines — and a dash'];
    await again({ admit: async () => ({ allowed: true, warnings: [...warnings, warnings[0]!] }) });
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };

    const replies = [
      await api.call('POST', maps, object),
      await api.call('PATCH', `${maps}/a`, { data: { x: '1' } }, merge),
      await api.call('PATCH', `${maps}/a?fieldManager=me&force=true`, object, apply),
      await api.call('PUT', `${maps}/a`, object),
    ];

    const told = ['299 - "spec.x: unknown field \\"x\\""', '299 - "two lines — and a dash"'];
    for (const reply of replies) expect(reply.warnings.map((one) => Buffer.from(one, 'latin1').toString())).toEqual(told);
  });

  test('a pod has no log, and says why', async () => {
    const pods = '/api/v1/namespaces/n/pods';
    await api.call('POST', pods, { metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image: 'i' }] } });

    const because = 'the local Kubernetes API keeps objects and runs none of them';
    expect((await api.call('GET', `${pods}/p/log`)).body).toEqual(
      failure(400, 'BadRequest', `pod "p" does not run, so there is no log of it: ${because}`),
    );
    expect((await api.call('POST', `${pods}/p/exec`)).body).toEqual(
      failure(400, 'BadRequest', `pod "p" does not run, so nothing can be done inside it: ${because}`),
    );
    expect((await api.call('GET', `${pods}/q/log`)).body.message).toBe('pods "q" not found');
  });

  test('the hash of a document changes with the definitions of its group only', async () => {
    const link = async (place: string) => (await api.call('GET', '/openapi/v3')).body.paths[place]?.serverRelativeURL;
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    const schema = (size: string) => ({ openAPIV3Schema: { type: 'object', properties: { size: { type: size } } } });
    const definition = (size: string) => ({
      metadata: { name: 'widgets.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { plural: 'widgets', kind: 'Widget' },
        versions: [{ name: 'v1', served: true, storage: true, schema: schema(size) }],
      },
    });
    await api.call('POST', path, definition('string'));
    const before = [await link('apis/example.com/v1'), await link('api/v1')];

    await api.call('PATCH', `${path}/widgets.example.com`, { spec: definition('integer').spec }, merge);

    const after = [await link('apis/example.com/v1'), await link('api/v1')];
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
  });

  test('deleting a definition deletes its objects', async () => {
    const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
    const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    const definition = {
      metadata: { name: 'things.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Cluster',
        names: { plural: 'things', kind: 'Thing' },
        versions: [{ name: 'v1', served: true, storage: true, schema }],
      },
    };
    const things = '/apis/example.com/v1/things';
    await api.call('POST', definitions, definition);
    await api.call('POST', things, { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 't' } });
    await using watch = await api.watch(`${things}?watch=1`);

    await api.call('DELETE', `${definitions}/things.example.com`);
    await api.call('POST', definitions, definition);

    expect((await watch.next(2)).map(({ type }) => type)).toEqual(['ADDED', 'DELETED']);
    await eventually(async () => (await api.call('GET', things)).body.items.length === 0);
  });
});
