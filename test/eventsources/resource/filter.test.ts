import { expect, test } from 'vitest';
import { compileFilter } from '../../../eventsources/resource/filter.ts';
import { goJson } from '../../../src/core/json/stringify.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';

const pod: KubeObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-1', creationTimestamp: '2026-07-18T10:00:00Z', annotations: { 'example.com/host': 'a.test' } },
  spec: { replicas: 3, hostNetwork: true, containers: [{ name: 'a' }] },
};

const refusal = (filter: Parameters<typeof compileFilter>[0]) => compileFilter(filter)(pod, goJson(pod));
const field = (key: string, operation: string, value: string) => refusal({ fields: [{ key, operation, value }] });

test('without a filter everything passes', () => {
  expect(refusal(undefined)).toBeUndefined();
});

test('every no has a reason', () => {
  expect(refusal({ prefix: 'db' })).toBe('filter.prefix: the name "web-1" does not start with "db"');
  expect(refusal({ createdBy: '2026-07-18T09:00:00Z' })).toBe(
    'filter.createdBy: it was made at 2026-07-18T10:00:00Z, after 2026-07-18T09:00:00Z',
  );
  expect(field('spec.replicas', '==', '4')).toBe('filter.fields[0]: spec.replicas is "3", which does not match "4"');
  expect(field('metadata.name', '!=', 'web')).toBe('filter.fields[0]: metadata.name is "web-1", which matches "web"');
  expect(field('status.phase', '!=', 'x')).toBe('filter.fields[0]: status.phase is not there');
  expect(field('metadata.name', '', 'web')).toBe('filter.fields[0]: it has no operation, so it never passes');
});

test('numbers and booleans are compared by their text, objects and lists by the empty one', () => {
  expect(field('spec.replicas', '==', '^3$')).toBeUndefined();
  expect(field('spec.hostNetwork', '==', 'true')).toBeUndefined();
  expect(field('spec.containers', '==', 'a')).toBe('filter.fields[0]: spec.containers is "", which does not match "a"');
});

test('a dot in a key is escaped', () => {
  expect(field('metadata.annotations.example\\.com/host', '==', '^a\\.test$')).toBeUndefined();
});

test('all field selectors must pass', () => {
  const name = { key: 'metadata.name', operation: '==', value: 'web' };
  expect(refusal({ fields: [name, { ...name, value: 'db' }] })).toBe(
    'filter.fields[1]: metadata.name is "web-1", which does not match "db"',
  );
});
