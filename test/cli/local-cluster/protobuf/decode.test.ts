import { describe, expect, test } from 'vitest';
import { messages } from '../../../../src/cli/local-cluster/kinds/messages.ts';
import { decodeProtobuf, NotUnderstood } from '../../../../src/cli/local-cluster/protobuf/decode.ts';

const varint = (value: number): number[] => (value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...varint(Math.floor(value / 0x80))]);
const field = (number: number, value: number | string | Buffer): Buffer => {
  if (typeof value === 'number') return Buffer.from([...varint(number * 8), ...varint(value)]);
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([...varint(number * 8 + 2), ...varint(bytes.length)]), bytes]);
};
const message = (...fields: Buffer[]): Buffer => Buffer.concat(fields);
const envelope = (apiVersion: string, kind: string, object: Buffer): Buffer =>
  message(Buffer.from('k8s\0'), field(1, message(field(1, apiVersion), field(2, kind))), field(2, object));

describe('the protobuf of Go clients', () => {
  test('becomes the object that its JSON would be', () => {
    const port = message(field(1, 'http'), field(3, 80), field(4, message(field(1, 1), field(2, 0), field(3, 'web'))), field(5, 0));
    const selector = message(field(1, 'app'), field(2, 'web'));
    const object = message(
      field(1, message(field(1, 'web'), field(2, ''), field(7, 0), field(8, ''))),
      field(2, message(field(1, port), field(2, selector), field(3, ''))),
      field(3, message(field(1, ''))),
    );

    expect(decodeProtobuf(envelope('v1', 'Service', object), 'Service')).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', creationTimestamp: null },
      spec: { ports: [{ name: 'http', port: 80, targetPort: 'web' }], selector: { app: 'web' } },
      status: { loadBalancer: {} },
    });
  });

  test('keeps a zero where it means something', () => {
    const object = field(2, message(field(1, 0), field(5, 0), field(7, 0)));

    expect(decodeProtobuf(envelope('apps/v1', 'Deployment', object), 'Deployment')).toMatchObject({ spec: { replicas: 0 } });
    expect(decodeProtobuf(envelope('apps/v1', 'Deployment', object), 'Deployment')).not.toMatchObject({ spec: { paused: false } });
  });

  test('writes times and owned fields as JSON does', () => {
    const time = field(1, Date.parse('2026-07-18T12:00:00Z') / 1000);
    const entry = message(field(1, 'me'), field(4, time), field(7, field(1, '{"f:data":{}}')));
    const object = field(1, message(field(1, 'a'), field(10, 0), field(17, entry)));

    expect(decodeProtobuf(envelope('v1', 'ConfigMap', object), 'ConfigMap')).toMatchObject({
      metadata: {
        deletionGracePeriodSeconds: 0,
        managedFields: [{ manager: 'me', time: '2026-07-18T12:00:00Z', fieldsV1: { 'f:data': {} } }],
      },
    });
  });

  test.each<[string, Buffer, string, string]>([
    ['a field that is not in the table', envelope('v1', 'Pod', field(2, field(99, 'x'))), 'Pod', 'field 99 of PodSpec is not in our table'],
    ['a kind that is not in the table', envelope('v1', 'Widget', message()), 'Widget', 'there is no table for Widget'],
    ['other bytes', Buffer.from('{"kind":"Pod"}'), 'Pod', 'it does not begin as Kubernetes protobuf does'],
    ['a message that is cut off', envelope('v1', 'Pod', field(2, 'xy')).subarray(0, -1), 'Pod', 'a field is longer than the message'],
  ])('is refused for %s', (_, bytes, kind, because) => {
    expect(() => decodeProtobuf(bytes, kind)).toThrow(new NotUnderstood(because));
  });

  test('its table only names messages that it has', () => {
    const plain = new Set(['string', 'bytes', 'bool', 'int32', 'int64', 'double', 'strings']);
    const missing = [...messages.values()].flatMap(({ fields }) => fields.filter(({ type }) => !plain.has(type) && !messages.has(type)));

    expect(missing).toEqual([]);
  });
});
