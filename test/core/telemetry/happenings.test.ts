import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Happening, happenings } from '../../../src/core/telemetry/happenings.ts';

const root = join(import.meta.dirname, '..', '..', '..');

test('every happening is told somewhere in the product', () => {
  const source = ['src', 'eventbus', 'eventsources', 'sensors']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(root, folder, name)))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('happenings.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

  expect(Object.keys(happenings).filter((name) => !new RegExp(`\\b${name}\\b`).test(source))).toEqual([]);
});

test('metrics have the prefix, a sentence of help, and the unit or "total" in the name', () => {
  const metrics = Object.values<Happening>(happenings).flatMap(({ counter, histogram, second }) =>
    [counter, histogram, second].filter((one) => one !== undefined),
  );

  expect(metrics.filter(({ name }) => !/^sensorium_[a-z_]+_(total|seconds)$/.test(name))).toEqual([]);
  expect(metrics.filter(({ help }) => !/^[A-Z].*\.$/.test(help))).toEqual([]);
  for (const metric of metrics) expect(metrics.find(({ name }) => name === metric.name)).toEqual(metric);
});
