import { expect, test } from 'vitest';
import { forEyes } from '../../../src/cli/screen/redact.ts';

test('values of Secrets are hidden wherever the Secret stands', () => {
  expect(forEyes({ body: { kind: 'Secret', data: { password: 'aGk=' }, stringData: { token: 'x' }, type: 'Opaque' } })).toEqual({
    body: { kind: 'Secret', data: { password: '<hidden>' }, stringData: { token: '<hidden>' }, type: 'Opaque' },
  });
});

test('managedFields and what kubectl keeps are folded', () => {
  const object = {
    metadata: { managedFields: [{}, {}], annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', mine: 'x' } },
  };

  expect(forEyes(object)).toEqual({
    metadata: { managedFields: '<2 folded>', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '<folded>', mine: 'x' } },
  });
});
