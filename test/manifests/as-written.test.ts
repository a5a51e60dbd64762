import { expect, test } from 'vitest';
import { asWritten } from '../../src/manifests/as-written.ts';

const entry = (apiVersion: string, time: string, more: object = { fieldsV1: { 'f:spec': {} } }) => ({
  manager: 'kubectl',
  apiVersion,
  time,
  ...more,
});
const shown = (...managedFields: object[]) =>
  asWritten({ apiVersion: 'a.dev/v1', kind: 'K', metadata: { name: 'k', managedFields: managedFields as never } });

test('an object is in the version in which its spec was written last', () => {
  const [old, now] = [entry('a.dev/v1alpha1', '2026-01-01T00:00:00Z'), entry('a.dev/v1beta1', '2026-01-02T00:00:00Z')];

  expect(shown(now, old)['apiVersion']).toBe('a.dev/v1beta1');
});

test('who wrote a label, a status or an object of another group says nothing of the spec', () => {
  const time = '2026-01-02T00:00:00Z';

  expect(
    shown(
      entry('a.dev/v1alpha1', '2026-01-01T00:00:00Z'),
      entry('a.dev/v2', time, { fieldsV1: { 'f:metadata': {} } }),
      entry('a.dev/v2', time, { subresource: 'status', fieldsV1: { 'f:spec': {} } }),
    )['apiVersion'],
  ).toBe('a.dev/v1alpha1');
  expect(shown(entry('b.dev/v2', time))['apiVersion']).toBe('a.dev/v1');
  expect(shown()['apiVersion']).toBe('a.dev/v1');
});
