import { describe, expect, test } from 'vitest';
import { type Api, deployment, failure, merge } from './http.ts';

const config = (name: string, data: Record<string, string> = { a: '1' }) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});

const details = (name: string) => ({ name, kind: 'configmaps' });

const subdomain =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric " +
  "character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

export function objects(api: () => Api): void {
  describe('objects', () => {
    test('a created object gets what only the server can give', async () => {
      const { core, name } = await api().namespace();

      const { code, body } = await api().call('POST', `${core}/configmaps`, config('a'));

      expect(code).toBe(201);
      expect(body).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: name }, data: { a: '1' } });
      expect(body.metadata.uid).toMatch(/^[0-9a-f]{8}-/);
      expect(body.metadata.resourceVersion).toMatch(/^\d+$/);
      expect(body.metadata.creationTimestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect((await api().call('GET', `${core}/configmaps/a`)).body).toEqual(body);
    });

    test('YAML is understood like JSON', async () => {
      const { core } = await api().namespace();

      const { body } = await api().call(
        'POST',
        `${core}/configmaps`,
        'kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: from-yaml\ndata:\n  a: "7"\n',
        {
          type: 'application/yaml',
        },
      );

      expect(body.data).toEqual({ a: '7' });
    });

    test('a name is taken once', async () => {
      const { core } = await api().namespace();
      await api().call('POST', `${core}/configmaps`, config('a'));

      const { body } = await api().call('POST', `${core}/configmaps`, config('a'));

      expect(body).toEqual(failure(409, 'AlreadyExists', 'configmaps "a" already exists', details('a')));
    });

    test('generateName makes a new name each time', async () => {
      const { core } = await api().namespace();
      const make = async () => (await api().call('POST', `${core}/configmaps`, { metadata: { generateName: 'run-' } })).body.metadata.name;

      const names = [await make(), await make()];

      expect(new Set(names).size).toBe(2);
      for (const name of names) expect(name).toMatch(/^run-[a-z0-9]{5}$/);
    });

    test('a bad name is refused with the rule', async () => {
      const { core } = await api().namespace();

      const { body } = await api().call('POST', `${core}/configmaps`, config('A_b'));

      const message = `Invalid value: "A_b": ${subdomain}`;
      expect(body).toEqual(
        failure(422, 'Invalid', `ConfigMap "A_b" is invalid: metadata.name: ${message}`, {
          name: 'A_b',
          kind: 'ConfigMap',
          causes: [{ reason: 'FieldValueInvalid', message, field: 'metadata.name' }],
        }),
      );
    });

    test('an object without a name is refused', async () => {
      const { core } = await api().namespace();

      const { body } = await api().call('POST', `${core}/configmaps`, { metadata: {} });

      expect(body.message).toBe('ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required');
    });

    test('the namespace and the kind must be those of the path', async () => {
      const { core } = await api().namespace();

      const elsewhere = await api().call('POST', `${core}/configmaps`, { metadata: { name: 'a', namespace: 'other' } });
      const otherKind = await api().call('POST', `${core}/configmaps`, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } });

      expect(elsewhere.body).toEqual(
        failure(400, 'BadRequest', 'the namespace of the provided object does not match the namespace sent on the request'),
      );
      expect(otherKind.body).toMatchObject({ code: 400, reason: 'BadRequest' });
    });

    test('what is not there is not found', async () => {
      const { core } = await api().namespace();

      for (const method of ['GET', 'DELETE']) {
        const { body } = await api().call(method, `${core}/configmaps/zz`);
        expect(body).toEqual(failure(404, 'NotFound', 'configmaps "zz" not found', details('zz')));
      }
    });

    test('an update on a stale resourceVersion is a conflict', async () => {
      const { core } = await api().namespace();
      const first = (await api().call('POST', `${core}/configmaps`, config('a'))).body;
      await api().call('PUT', `${core}/configmaps/a`, { ...first, data: { a: '2' } });

      const { body } = await api().call('PUT', `${core}/configmaps/a`, { ...first, data: { a: '3' } });

      const because = 'the object has been modified; please apply your changes to the latest version and try again';
      expect(body).toEqual(failure(409, 'Conflict', `Operation cannot be fulfilled on configmaps "a": ${because}`, details('a')));
      expect((await api().call('GET', `${core}/configmaps/a`)).body.data).toEqual({ a: '2' });
    });

    test('an update that changes nothing keeps the resourceVersion', async () => {
      const { core } = await api().namespace();
      const first = (await api().call('POST', `${core}/configmaps`, config('a'))).body;

      const again = (await api().call('PUT', `${core}/configmaps/a`, config('a'))).body;
      const changed = (await api().call('PUT', `${core}/configmaps/a`, config('a', { a: '2' }))).body;

      expect(again.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
      expect(Number(changed.metadata.resourceVersion)).toBeGreaterThan(Number(first.metadata.resourceVersion));
      expect(changed.metadata.uid).toBe(first.metadata.uid);
    });

    test('the name in an update is that of the path', async () => {
      const { core } = await api().namespace();
      await api().call('POST', `${core}/configmaps`, config('a'));

      const { body } = await api().call('PUT', `${core}/configmaps/a`, config('b'));

      expect(body).toEqual(failure(400, 'BadRequest', 'the name of the object (b) does not match the name on the URL (a)'));
    });

    test('a dry run answers as if it were done, and does nothing', async () => {
      const { core } = await api().namespace();

      const made = await api().call('POST', `${core}/configmaps?dryRun=All`, config('a'));
      await api().call('POST', `${core}/configmaps`, config('b'));
      const changed = await api().call('PATCH', `${core}/configmaps/b?dryRun=All`, { data: { a: '9' } }, merge);
      await api().call('DELETE', `${core}/configmaps/b?dryRun=All`);

      expect(made).toMatchObject({ code: 201, body: { data: { a: '1' } } });
      expect(changed.body.data).toEqual({ a: '9' });
      expect((await api().call('GET', `${core}/configmaps/a`)).code).toBe(404);
      expect((await api().call('GET', `${core}/configmaps/b`)).body.data).toEqual({ a: '1' });
    });

    test('a deleted object is gone, and the answer says which it was', async () => {
      const { core } = await api().namespace();
      const { uid } = (await api().call('POST', `${core}/configmaps`, config('a'))).body.metadata;

      const { body } = await api().call('DELETE', `${core}/configmaps/a`);

      expect(body).toEqual({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details: { ...details('a'), uid } });
      expect((await api().call('GET', `${core}/configmaps/a`)).code).toBe(404);
    });

    test('a delete with preconditions only meets the object that was meant', async () => {
      const { core } = await api().namespace();
      const { uid, resourceVersion } = (await api().call('POST', `${core}/configmaps`, config('a'))).body.metadata;
      const refused = async (preconditions: object) => (await api().call('DELETE', `${core}/configmaps/a`, { preconditions })).body;
      const conflict = (because: string) =>
        failure(409, 'Conflict', `Operation cannot be fulfilled on ConfigMap "a": ${because}`, { name: 'a', kind: 'ConfigMap' });

      expect(await refused({ uid: 'x' })).toEqual(
        conflict(
          `the UID in the precondition (x) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
        ),
      );
      expect(await refused({ resourceVersion: '1' })).toEqual(
        conflict(
          `the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
        ),
      );
      expect((await refused({ uid, resourceVersion })).status).toBe('Success');
    });

    test('finalizers hold a deleted object until the last one is taken off', async () => {
      const { core } = await api().namespace();
      await api().call('POST', `${core}/configmaps`, { metadata: { name: 'a', finalizers: ['example.com/one'] } });

      const { body } = await api().call('DELETE', `${core}/configmaps/a`);
      const held = (await api().call('GET', `${core}/configmaps/a`)).body;
      await api().call('PATCH', `${core}/configmaps/a`, { metadata: { finalizers: null } }, merge);

      expect(body.metadata.deletionTimestamp).toBeDefined();
      expect(held.metadata.finalizers).toEqual(['example.com/one']);
      expect((await api().call('GET', `${core}/configmaps/a`)).code).toBe(404);
    });

    test('generation counts what is wanted, not labels and not status', async () => {
      const { of } = await api().namespace();
      const path = `${of('apps/v1')}/deployments`;
      const generation = async (suffix: string, body: object) =>
        (await api().call('PATCH', `${path}/a${suffix}`, body, merge)).body.metadata.generation;

      const made = (await api().call('POST', path, deployment('a'))).body;

      expect(made.metadata.generation).toBe(1);
      expect(await generation('', { metadata: { labels: { x: 'y' } } })).toBe(1);
      expect(await generation('/status', { status: { replicas: 1 } })).toBe(1);
      expect(await generation('', { spec: { replicas: 2 } })).toBe(2);
    });

    test('the status is written through its own endpoint, and through no other', async () => {
      const { of } = await api().namespace();
      const path = `${of('apps/v1')}/deployments`;
      await api().call('POST', path, { ...deployment('a'), status: { replicas: 7 } });

      const plain = (await api().call('PATCH', `${path}/a`, { status: { replicas: 8 } }, merge)).body;
      const status = (await api().call('PATCH', `${path}/a/status`, { spec: { replicas: 9 }, status: { replicas: 3 } }, merge)).body;

      expect(plain.status.replicas).toBeUndefined();
      expect(status).toMatchObject({ spec: { replicas: 1 }, status: { replicas: 3 } });
    });

    test('scale reads and writes the number of replicas', async () => {
      const { of, name } = await api().namespace();
      const path = `${of('apps/v1')}/deployments`;
      await api().call('POST', path, deployment('a'));

      const before = (await api().call('GET', `${path}/a/scale`)).body;
      await api().call('PATCH', `${path}/a/scale`, { spec: { replicas: 5 } }, merge);

      expect(before).toMatchObject({
        kind: 'Scale',
        apiVersion: 'autoscaling/v1',
        metadata: { name: 'a', namespace: name },
        spec: { replicas: 1 },
        status: { replicas: 0, selector: 'app=a' },
      });
      expect((await api().call('GET', `${path}/a`)).body.spec.replicas).toBe(5);
    });

    test('a collection is deleted by selector', async () => {
      const { core } = await api().namespace();
      for (const [name, app] of [
        ['a', 'x'],
        ['b', 'x'],
        ['c', 'y'],
      ] as const) {
        await api().call('POST', `${core}/configmaps`, { metadata: { name, labels: { app } } });
      }

      await api().call('DELETE', `${core}/configmaps?labelSelector=app%3Dx`);

      const left = (await api().call('GET', `${core}/configmaps`)).body.items.map(
        (item: { metadata: { name: string } }) => item.metadata.name,
      );
      expect(left).toEqual(['c']);
    });

    test('methods that a path does not have are refused', async () => {
      const { core } = await api().namespace();

      for (const [method, path] of [
        ['PUT', `${core}/configmaps`],
        ['POST', '/api/v1/configmaps'],
      ] as const) {
        const { body } = await api().call(method, path, config('a'));
        expect(body.message).toBe('the server does not allow this method on the requested resource');
      }
    });

    test('a body in an unknown format is refused', async () => {
      const { core } = await api().namespace();

      const { body } = await api().call('POST', `${core}/configmaps`, 'hello', { type: 'text/plain' });

      expect(body).toMatchObject({ code: 415, reason: 'UnsupportedMediaType' });
    });
  });
}
