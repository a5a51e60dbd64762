import { expect, test } from 'vitest';
import { parseYaml } from '../../../src/core/yaml/parse.ts';
import { toYaml } from '../../../src/core/yaml/print.ts';

const texts = [
  'on',
  'yes',
  'n',
  'Off',
  '0644',
  '0b1',
  '1:30',
  '1_000',
  '2026-01-31',
  '~',
  'null',
  '',
  '-note',
  '^kube-',
  '{',
  'a: b',
  ' x ',
  'two\nlines\n',
];

test('a text stays a text for whoever reads it, also by the rules of YAML 1.1', () => {
  expect(parseYaml(toYaml(texts))).toEqual(texts);
  expect(toYaml({ metadata: { labels: { rule: 'on' } } })).toBe('metadata:\n  labels:\n    rule: "on"');
});
