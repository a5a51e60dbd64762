import { expect, test } from 'vitest';
import { columnsOf } from '../../../../src/cli/local-cluster/crd/columns.ts';
import type { KubeObject } from '../../../../src/core/kube/kube.ts';

const object: KubeObject = {
  apiVersion: 'example.com/v1',
  kind: 'Thing',
  spec: { size: 3, hosts: ['a', 'b'], 'odd.name': 1 },
  metadata: { name: 't', annotations: { 'example.com/x': 'y' } },
  status: {
    conditions: [
      { type: 'Ready', status: 'True' },
      { type: 'Live', status: 'False' },
    ],
  },
};

function cellOf(jsonPath: string, type = 'string') {
  const [, column] = columnsOf([{ name: 'It', type, jsonPath }]);
  return column!.cell(object, 0);
}

test.each([
  ['.spec.size', '3'],
  ['.spec.hosts', '["a","b"]'],
  ['.spec.hosts[*]', 'a,b'],
  ['.spec.hosts[-1]', 'b'],
  ["['spec']['odd\\.name']", '1'],
  ['.metadata.annotations.example\\.com/x', 'y'],
  ['.status.conditions[?(@.type=="Ready")].status', 'True'],
  [".status.conditions[?(@.type == 'Live')].status", 'False'],
  ['.status.conditions[*].type', 'Ready,Live'],
])('the column %s shows %s', (path, cell) => {
  expect(cellOf(path)).toBe(cell);
});

test.each(['.spec.missing', '.spec.hosts[7]', '.status.conditions[?(@.type=="Gone")].status', 'nonsense', '.spec[', '.spec.size[0]'])(
  'the column %s is empty',
  (path) => {
    expect(cellOf(path)).toBeNull();
  },
);

test('a number stays one where the column says so', () => {
  expect(cellOf('.spec.size', 'integer')).toBe(3);
});
