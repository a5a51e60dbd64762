import { describe, expect, test } from 'vitest';
import { type Api, apply, type Body, deployment, failure, merge } from './http.ts';

const config = (data: Record<string, string> | undefined, labels?: object) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', ...(labels ? { labels } : {}) },
  ...(data ? { data } : {}),
});

async function applier(api: Api) {
  const { core } = await api.namespace();
  const path = `${core}/configmaps`;
  return {
    path,
    apply: (manager: string, object: unknown, more = '') => api.call('PATCH', `${path}/a?fieldManager=${manager}${more}`, object, apply),
    patch: (manager: string, object: unknown) => api.call('PATCH', `${path}/a?fieldManager=${manager}`, object, merge),
  };
}

const owners = (body: Body) =>
  Object.fromEntries((body.metadata.managedFields ?? []).map((one: Body) => [`${one.manager} ${one.operation}`, one.fieldsV1]));

export function applies(api: () => Api): void {
  describe('server-side apply', () => {
    test('what is missing is made, and its fields are owned', async () => {
      const { apply } = await applier(api());

      const { code, body } = await apply('me', config({ x: '1' }, { app: 'web' }));

      expect(code).toBe(201);
      expect(body.data).toEqual({ x: '1' });
      expect(body.metadata.managedFields).toMatchObject([{ manager: 'me', operation: 'Apply', apiVersion: 'v1', fieldsType: 'FieldsV1' }]);
      expect(owners(body)).toEqual({ 'me Apply': { 'f:data': { 'f:x': {} }, 'f:metadata': { 'f:labels': { 'f:app': {} } } } });
    });

    test('every write has an owner', async () => {
      const { path, patch } = await applier(api());
      await api().call('POST', `${path}?fieldManager=maker`, config({ x: '1', y: '1' }));

      const { body } = await patch('changer', { data: { y: '2' } });

      expect(owners(body)).toEqual({
        'maker Update': { 'f:data': { '.': {}, 'f:x': {} } },
        'changer Update': { 'f:data': { 'f:y': {} } },
      });
    });

    test('without a fieldManager the user agent owns, but an apply is refused', async () => {
      const { path } = await applier(api());

      const made = await api().call('POST', path, config({ x: '1' }));
      const refused = await api().call('PATCH', `${path}/a`, config({ x: '1' }), apply);

      expect(Object.keys(owners(made.body))).toEqual(['contract Update']);
      expect(refused.body.message).toBe(
        'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      );
    });

    test("a change of somebody else's field is a conflict that names both", async () => {
      const { path, apply } = await applier(api());
      await api().call('POST', `${path}?fieldManager=maker`, config({ x: '1', y: '1' }));

      const one = await apply('me', config({ x: '2' }));
      const two = await apply('me', config({ x: '2', y: '2' }));

      const cause = (field: string) => ({ reason: 'FieldManagerConflict', message: 'conflict with "maker" using v1', field });
      expect(one.body).toEqual(
        failure(409, 'Conflict', 'Apply failed with 1 conflict: conflict with "maker" using v1: .data.x', { causes: [cause('.data.x')] }),
      );
      expect(two.body).toEqual(
        failure(409, 'Conflict', 'Apply failed with 2 conflicts: conflicts with "maker" using v1:\n- .data.x\n- .data.y', {
          causes: [cause('.data.x'), cause('.data.y')],
        }),
      );
    });

    test('force takes the field over', async () => {
      const { path, apply } = await applier(api());
      await api().call('POST', `${path}?fieldManager=maker`, config({ x: '1', y: '1' }));

      const { body } = await apply('me', config({ x: '2' }), '&force=true');

      expect(body.data).toEqual({ x: '2', y: '1' });
      expect(owners(body)).toEqual({ 'me Apply': { 'f:data': { 'f:x': {} } }, 'maker Update': { 'f:data': { '.': {}, 'f:y': {} } } });
    });

    test('the same value is owned together, without a conflict', async () => {
      const { apply } = await applier(api());
      await apply('me', config({ x: '1' }));

      const { body } = await apply('you', config({ x: '1', y: '2' }));

      expect(body.data).toEqual({ x: '1', y: '2' });
      expect(owners(body)).toEqual({ 'me Apply': { 'f:data': { 'f:x': {} } }, 'you Apply': { 'f:data': { 'f:x': {}, 'f:y': {} } } });
    });

    test('what is not applied any more is removed, unless somebody else owns it', async () => {
      const { apply, patch } = await applier(api());
      await apply('me', config({ x: '1', y: '1', z: '1' }, { app: 'web' }));
      await apply('you', config({ y: '1' }));
      await patch('them', { data: { other: '1' } });

      const { body } = await apply('me', config({ x: '1' }));

      expect(body.data).toEqual({ x: '1', y: '1', other: '1' });
      expect(body.metadata.labels).toBeUndefined();
    });

    test('an apply that changes nothing keeps the resourceVersion', async () => {
      const { apply } = await applier(api());
      const first = (await apply('me', config({ x: '1' }))).body;

      const again = (await apply('me', config({ x: '1' }))).body;

      expect(again.metadata).toEqual(first.metadata);
    });

    test('a plain write takes ownership from who applied', async () => {
      const { apply, patch } = await applier(api());
      await apply('me', config({ x: '1' }));

      const changed = (await patch('them', { data: { x: '2' } })).body;
      const refused = await apply('me', config({ x: '1' }));

      expect(owners(changed)).toEqual({ 'them Update': { 'f:data': { 'f:x': {} } } });
      expect(refused.body.message).toBe('Apply failed with 1 conflict: conflict with "them" using v1: .data.x');
    });

    test('items of lists are owned one by one', async () => {
      const { of } = await api().namespace();
      const path = `${of('apps/v1')}/deployments/a?fieldManager=`;
      await api().call('PATCH', `${path}me`, deployment('a'), apply);
      const next: Body = structuredClone(deployment('a'));
      const [web] = next.spec.template.spec.containers;
      next.spec.template.spec.containers = [{ ...web, env: [{ name: 'B', value: '2' }], ports: [{ containerPort: 81 }] }];

      const scaled = await api().call('PATCH', `${path}scaler`, { spec: { replicas: 5 } }, merge);
      const { body } = await api().call('PATCH', `${path}me`, next, apply);

      expect(scaled.body.spec.replicas).toBe(5);
      expect(body.spec.replicas).toBe(5);
      expect(body.spec.template.spec.containers).toHaveLength(1);
      expect(body.spec.template.spec.containers[0]).toMatchObject({
        env: [{ name: 'B', value: '2' }],
        ports: [{ containerPort: 81, protocol: 'TCP' }],
      });
      expect(owners(body)['me Apply']['f:spec']['f:template']['f:spec']['f:containers']).toEqual({
        'k:{"name":"web"}': {
          '.': {},
          'f:env': { 'k:{"name":"B"}': { '.': {}, 'f:name': {}, 'f:value': {} } },
          'f:image': {},
          'f:name': {},
          'f:ports': { 'k:{"containerPort":81,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } },
        },
      });
    });

    test('a conflict inside a list names the item', async () => {
      const { of } = await api().namespace();
      const path = `${of('apps/v1')}/deployments/a?fieldManager=`;
      await api().call('PATCH', `${path}me`, deployment('a'), apply);
      const other: Body = deployment('a');
      other.spec.template.spec.containers[1]!.image = 'side:2';

      const { body } = await api().call('PATCH', `${path}you`, other, apply);

      expect(body.message).toBe('Apply failed with 1 conflict: conflict with "me": .spec.template.spec.containers[name="side"].image');
    });

    test('writes of the status are owned apart', async () => {
      const { of } = await api().namespace();
      const path = `${of('apps/v1')}/deployments`;
      await api().call('POST', path, deployment('a'));

      const { body } = await api().call('PATCH', `${path}/a/status?fieldManager=st`, { status: { replicas: 1 } }, merge);

      const entry = body.metadata.managedFields.find((one: Body) => one.manager === 'st');
      expect(entry).toMatchObject({ operation: 'Update', subresource: 'status', fieldsV1: { 'f:status': { 'f:replicas': {} } } });
    });

    test('managedFields are not for the one who applies', async () => {
      const { apply } = await applier(api());

      const { body } = await apply('me', { ...config({}), metadata: { name: 'a', managedFields: [{ manager: 'x' }] } });

      expect(body).toEqual(failure(400, 'BadRequest', 'metadata.managedFields must be nil'));
    });

    test('a dry run of an apply changes nothing', async () => {
      const { path, apply } = await applier(api());

      const { body } = await apply('me', config({ x: '1' }), '&dryRun=All');

      expect(body.data).toEqual({ x: '1' });
      expect((await api().call('GET', `${path}/a`)).code).toBe(404);
    });
  });
}
