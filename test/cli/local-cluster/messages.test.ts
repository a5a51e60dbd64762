import { describe, expect, test } from 'vitest';
import { checkTypes } from '../../../src/cli/local-cluster/kinds/check-types.ts';
import { messages } from '../../../src/cli/local-cluster/kinds/messages.ts';
import { readTables } from '../../../src/cli/local-cluster/kinds/read-messages.ts';
import { kinds } from '../../../src/cli/local-cluster/kinds/table.ts';

const table = `
package a.v1
Box: A box: for things.
  1 name! string
  2 size int32? =3: How large.
  3 things [Thing] by name,kind retain: What is in it.
  4 tags {string} atomic
  5 =lid Lid
  6 odd [string] set unpatched (a|b): Words: some.
Thing atomic: A thing.
  1 name string
Lid: What is on top.
  1 color string =red
package b.v1
other.Box: Another box.
`;
const boxes = readTables([table], 'name: Its name.\ntags: Words: any.\n');

describe('a table of messages', () => {
  test('says what each field is, and how it is merged', () => {
    const { fields, ...box } = boxes.get('Box')!;

    expect(box).toMatchObject({ name: 'Box', package: 'a.v1', about: 'A box: for things.', atomic: false });
    expect(fields.map(({ number, name, type, form, about }) => [number, name, type, form, about])).toEqual([
      [1, 'name', 'string', 'one', 'Its name.'],
      [2, 'size', 'int32', 'one', 'How large.'],
      [3, 'things', 'Thing', 'list', 'What is in it.'],
      [4, 'tags', 'string', 'map', 'Words: any.'],
      [5, 'lid', 'Lid', 'one', ''],
      [6, 'odd', 'string', 'list', 'Words: some.'],
    ]);
    const [name, size, things, tags, lid, odd] = fields;
    expect([name!.required, size!.required, size!.keepsZero, size!.default, lid!.inline]).toEqual([true, false, true, 3, true]);
    expect([things!.keys, things!.patch, tags!.map]).toEqual([['name', 'kind'], 'retainKeys', 'atomic']);
    expect([odd!.isSet, odd!.patch, odd!.allowed]).toEqual([true, 'unpatched', ['a', 'b']]);
  });

  test('shows the fields of an inlined message as its own, with their defaults', () => {
    expect([...boxes.get('Box')!.byName.keys()]).toEqual(['name', 'size', 'things', 'tags', 'color', 'odd']);
    expect(boxes.get('Box')!.defaults.map(({ name, default: value }) => [name, value])).toEqual([
      ['size', 3],
      ['color', 'red'],
    ]);
  });

  test('tells messages of one name apart by a word before it', () => {
    expect(boxes.get('other.Box')).toMatchObject({ name: 'Box', package: 'b.v1', fields: [] });
    expect(boxes.get('Thing')!.atomic).toBe(true);
  });

  test('with a line that cannot be read is refused when the message is looked at', () => {
    const broken = readTables(['\npackage a.v1\nBox: A box.\n  one name string\n'], 'name: Its name.');

    expect(() => broken.get('Box')!.fields).toThrow(
      new SyntaxError('a table of messages has a line that cannot be read:   one name string'),
    );
  });
});

describe('the kinds that are built in', () => {
  test('have a text for every message and every field', () => {
    const silent = [...messages].flatMap(([key, { about, fields, package: home }]) => [
      ...(about === '' || home === '' ? [key] : []),
      ...fields.filter((field) => field.about === '' && !field.inline && !isValue(key)).map(({ name }) => `${key}.${name}`),
    ]);

    expect(silent).toEqual([]);
  });

  test('are all in the table, and nothing else is a kind', () => {
    for (const { kind, versions } of kinds) expect(versions[0]!.message?.name, kind).toBe(kind);
  });

  test('get their defaults wherever a message stands, nulls included, and keep what is said', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      spec: { restartPolicy: null, containers: [{ name: 'a', livenessProbe: { httpGet: { port: 1 }, periodSeconds: 3 } }] },
    };

    const unknown = checkTypes(pod, messages.get('Pod')!, 'Pod', 'v1');

    expect(unknown).toEqual([]);
    expect(pod.spec).toMatchObject({ restartPolicy: 'Always', dnsPolicy: 'ClusterFirst', securityContext: {} });
    expect(pod.spec.containers).toEqual([
      {
        name: 'a',
        livenessProbe: {
          httpGet: { port: 1, path: '/', scheme: 'HTTP' },
          periodSeconds: 3,
          timeoutSeconds: 1,
          successThreshold: 1,
          failureThreshold: 3,
        },
        resources: {},
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
      },
    ]);
  });
});

/** Messages that are one value in JSON have fields in protobuf only. */
function isValue(key: string): boolean {
  return ['Quantity', 'IntOrString', 'Time', 'MicroTime', 'FieldsV1', 'RawExtension'].includes(key) || key.startsWith('JSON');
}
