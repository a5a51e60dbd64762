import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { type Api, apply, asTable, type Body, failure, merge, strategic } from './http.ts';

const definitionsPath = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const group = `g${randomUUID().slice(0, 8)}.example.com`;

const spec = {
  type: 'object',
  required: ['size'],
  properties: {
    size: { type: 'integer', minimum: 1, maximum: 10 },
    color: { type: 'string', enum: ['red', 'blue'] },
    code: { type: 'string', pattern: '^[A-Z]{2}$' },
    mode: { type: 'string', default: 'auto' },
    port: { 'x-kubernetes-int-or-string': true },
    tags: { type: 'array', items: { type: 'string' }, maxItems: 2 },
    counts: { type: 'object', additionalProperties: { type: 'integer' } },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    steps: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: { type: 'object', required: ['name'], properties: { name: { type: 'string' }, run: { type: 'string', default: 'true' } } },
    },
  },
};

const version = (name: string, storage: boolean) => ({
  name,
  served: true,
  storage,
  subresources: { status: {} },
  additionalPrinterColumns: [
    { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
    { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
  schema: {
    openAPIV3Schema: {
      type: 'object',
      required: ['spec'],
      properties: { spec, status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
    },
  },
});

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `widgets.${group}` },
  spec: {
    group,
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget', shortNames: ['wd'], categories: ['all'] },
    versions: [version('v1alpha1', false), version('v1', true)],
  },
};

const widget = (name: string, spec: object, apiVersion = 'v1') => ({
  apiVersion: `${group}/${apiVersion}`,
  kind: 'Widget',
  metadata: { name },
  spec,
});

export function definitions(api: () => Api): void {
  describe('custom kinds', () => {
    let path: string;

    beforeAll(async () => {
      await api().call('POST', definitionsPath, definition);
      const { of } = await api().namespace();
      path = `${of(`${group}/v1`)}/widgets`;
      await eventually(
        async () =>
          (await api().call('GET', path)).code === 200 && (await api().call('POST', path, widget('probe', { size: 1 }))).code === 201,
      );
    }, 30_000);

    afterAll(async () => {
      await api().call('DELETE', `${definitionsPath}/${definition.metadata.name}`);
    });

    test('a definition becomes established, with its names filled in', async () => {
      const { body } = await api().call('GET', `${definitionsPath}/${definition.metadata.name}`);

      expect(body.spec.names).toMatchObject({ singular: 'widget', listKind: 'WidgetList' });
      expect(body.status.acceptedNames).toMatchObject({ plural: 'widgets', kind: 'Widget', shortNames: ['wd'] });
      expect(body.status.storedVersions).toEqual(['v1']);
      const conditions = Object.fromEntries(body.status.conditions.map((one: Body) => [one.type, one.status]));
      expect(conditions).toMatchObject({ NamesAccepted: 'True', Established: 'True' });
    });

    test('it is discovered, the stable version first', async () => {
      const groups = await eventually(async () => {
        const { body } = await api().call('GET', `/apis/${group}`);
        return body.versions?.length === 2 ? body : undefined;
      });
      const { body } = await api().call('GET', `/apis/${group}/v1`);

      expect(groups.preferredVersion).toEqual({ groupVersion: `${group}/v1`, version: 'v1' });
      expect(groups.versions.map((one: Body) => one.version)).toEqual(['v1', 'v1alpha1']);
      expect(body.resources.map((one: Body) => one.name)).toEqual(['widgets', 'widgets/status']);
      expect(body.resources[0]).toMatchObject({ kind: 'Widget', singularName: 'widget', shortNames: ['wd'], categories: ['all'] });
    });

    test('defaults are filled in, and unknown fields pruned with a warning', async () => {
      const { body, warnings } = await api().call(
        'POST',
        path,
        widget('a', { size: 2, colour: 'red', steps: [{ name: 'x' }], free: { any: { thing: 1 } } }),
      );

      expect(body.spec).toEqual({ size: 2, mode: 'auto', steps: [{ name: 'x', run: 'true' }], free: { any: { thing: 1 } } });
      expect(body.metadata.generation).toBe(1);
      expect(warnings).toEqual(['299 - "unknown field \\"spec.colour\\""']);
    });

    test('a null stands for nothing: it is dropped, or gives way to the default', async () => {
      const { body } = await api().call('POST', path, widget('n', { size: 2, mode: null, color: null, counts: { x: null, y: 1 } }));

      expect(body.spec).toEqual({ size: 2, mode: 'auto', counts: { y: 1 } });
    });

    test('unknown fields are refused where that is asked for', async () => {
      const { body } = await api().call('POST', `${path}?fieldValidation=Strict`, widget('b', { size: 2, foo: 1, bar: { x: 1 } }));

      expect(body).toEqual(
        failure(
          400,
          'BadRequest',
          'Widget in version "v1" cannot be handled as a Widget: strict decoding error: unknown field "spec.bar", unknown field "spec.foo"',
        ),
      );
    });

    test('what the schema forbids is refused, each field with its reason', async () => {
      const { body } = await api().call(
        'POST',
        path,
        widget('b', {
          size: 22,
          color: 'green',
          code: 'xyz',
          port: true,
          tags: ['a', 'b', 'c'],
          counts: { x: 'y' },
          mode: 7,
          steps: [{ run: 'x' }],
        }),
      );

      expect(body).toMatchObject({ code: 422, reason: 'Invalid', details: { name: 'b', group, kind: 'Widget' } });
      const causes = Object.fromEntries(body.details.causes.map((one: Body) => [one.field, `${one.reason}: ${one.message}`]));
      expect(causes).toEqual({
        'spec.size': 'FieldValueInvalid: Invalid value: 22: spec.size in body should be less than or equal to 10',
        'spec.color': 'FieldValueNotSupported: Unsupported value: "green": supported values: "red", "blue"',
        'spec.code': 'FieldValueInvalid: Invalid value: "xyz": spec.code in body should match \'^[A-Z]{2}$\'',
        'spec.port': 'FieldValueTypeInvalid: Invalid value: "boolean": spec.port in body must be of type integer,string: "boolean"',
        'spec.tags': 'FieldValueTooMany: Too many: 3: must have at most 2 items',
        'spec.counts.x': 'FieldValueTypeInvalid: Invalid value: "string": spec.counts.x in body must be of type integer: "string"',
        'spec.mode': 'FieldValueTypeInvalid: Invalid value: "integer": spec.mode in body must be of type string: "integer"',
        'spec.steps[0].name': 'FieldValueRequired: Required value',
      });
    });

    test('one missing field is named in the message', async () => {
      const { body } = await api().call('POST', path, widget('b', {}));

      expect(body.message).toBe(`Widget.${group} "b" is invalid: spec.size: Required value`);
    });

    test('a strategic patch is refused, the other patches work', async () => {
      await api().call('POST', path, widget('p', { size: 2 }));

      const refused = await api().call('PATCH', `${path}/p`, { spec: { size: 3 } }, strategic);
      const merged = await api().call('PATCH', `${path}/p`, { spec: { size: 3 } }, merge);

      expect(refused.body).toEqual(
        failure(
          415,
          'UnsupportedMediaType',
          'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
        ),
      );
      expect(merged.body).toMatchObject({ metadata: { generation: 2 }, spec: { size: 3 } });
    });

    test('an apply merges lists by the keys that the schema names', async () => {
      const at = (manager: string) => `${path}/s?fieldManager=${manager}`;
      await api().call('PATCH', at('me'), widget('s', { size: 1, steps: [{ name: 'a', run: 'one' }] }), apply);
      await api().call('PATCH', at('you'), widget('s', { size: 1, steps: [{ name: 'b', run: 'two' }] }), apply);

      const { body } = await api().call('PATCH', at('me'), widget('s', { size: 1, steps: [{ name: 'a', run: 'new' }] }), apply);

      expect(body.spec.steps).toEqual([
        { name: 'a', run: 'new' },
        { name: 'b', run: 'two' },
      ]);
    });

    test('the status has its own endpoint', async () => {
      await api().call('POST', path, { ...widget('st', { size: 2 }), status: { seen: 1 } });

      const plain = (await api().call('GET', `${path}/st`)).body;
      const status = (await api().call('PATCH', `${path}/st/status`, { spec: { size: 9 }, status: { seen: 2 } }, merge)).body;

      expect(plain.status).toBeUndefined();
      expect(status).toMatchObject({ metadata: { generation: 1 }, spec: { size: 2 }, status: { seen: 2 } });
    });

    test('columns show what the definition says', async () => {
      await api().call('POST', path, widget('t', { size: 4 }));
      await api().call('PATCH', `${path}/t/status`, { status: { conditions: [{ type: 'Ready', status: 'True' }] } }, merge);

      const { body } = await api().call('GET', `${path}/t`, undefined, asTable);

      expect(body.columnDefinitions.map((one: Body) => one.name)).toEqual(['Name', 'Size', 'Ready', 'Age']);
      expect(body.rows[0].cells).toEqual(['t', 4, 'True', expect.stringMatching(/^\d+s$/)]);
    });

    test('every version shows the same objects', async () => {
      await api().call('POST', path, widget('v', { size: 5 }));

      const { body } = await api().call('GET', `${path.replace('/v1/', '/v1alpha1/')}/v`);

      expect(body).toMatchObject({ apiVersion: `${group}/v1alpha1`, spec: { size: 5 } });
    });

    test('an object must say its kind', async () => {
      const { body } = await api().call('POST', path, { metadata: { name: 'k' }, spec: { size: 1 } });

      expect(body).toMatchObject({ code: 400, reason: 'BadRequest' });
      expect(body.message).toMatch(/^the object provided is unrecognized \(must be of type Widget\): Object 'Kind' is missing/);
    });

    test('with the definition the objects go, and the kind is served no more', async () => {
      const name = `gadgets.${group}`;
      const other = { ...definition, metadata: { name }, spec: { ...definition.spec, names: { plural: 'gadgets', kind: 'Gadget' } } };
      await api().call('POST', definitionsPath, other);
      const gadgets = path.replace('widgets', 'gadgets');
      await eventually(async () => (await api().call('POST', gadgets, { ...widget('g', { size: 1 }), kind: 'Gadget' })).code === 201);

      await api().call('DELETE', `${definitionsPath}/${name}`);

      await eventually(async () => (await api().call('GET', gadgets)).code === 404);
      expect((await api().call('GET', `${definitionsPath}/${name}`)).code).toBe(404);
    });
  });
}
