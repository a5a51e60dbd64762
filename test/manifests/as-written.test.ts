import { expect, test } from 'vitest';
import { asWritten } from '../../src/manifests/as-written.ts';

const versions = ['a.dev/v1', 'a.dev/v1beta1', 'a.dev/v1alpha1', 'old.a.dev/v1alpha1'];
const wrote = (apiVersion: string, more: object = { fieldsV1: { 'f:spec': {} } }) => ({ manager: 'kubectl', apiVersion, ...more });
const shown = (...managedFields: object[]) =>
  asWritten({ apiVersion: 'a.dev/v1', kind: 'K', metadata: { name: 'k', managedFields: managedFields as never } }, versions)['apiVersion'];

test('an object is in the version in which its spec was written', () => {
  expect(shown(wrote('a.dev/v1beta1'))).toBe('a.dev/v1beta1');
});

test('a patch in a newer version leaves the rest as it was written', () => {
  expect(shown(wrote('a.dev/v1'), wrote('a.dev/v1alpha1'), wrote('a.dev/v1beta1'))).toBe('a.dev/v1alpha1');
});

test('who wrote a label, a status or an object of another group says nothing of the spec', () => {
  expect(
    shown(
      wrote('a.dev/v1beta1'),
      wrote('a.dev/v1alpha1', { fieldsV1: { 'f:metadata': {} } }),
      wrote('a.dev/v1alpha1', { subresource: 'status', fieldsV1: { 'f:spec': {} } }),
    ),
  ).toBe('a.dev/v1beta1');
  expect(shown(wrote('old.a.dev/v1alpha1'))).toBe('a.dev/v1');
  expect(shown()).toBe('a.dev/v1');
});
