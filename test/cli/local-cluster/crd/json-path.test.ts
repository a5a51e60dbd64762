import { expect, test } from 'vitest';
import { readJsonPath } from '../../../../src/cli/local-cluster/crd/json-path.ts';

const object = {
  spec: { size: 3, hosts: ['a', 'b'], 'odd.name': 1 },
  metadata: { annotations: { 'example.com/x': 'y' } },
  status: {
    conditions: [
      { type: 'Ready', status: 'True' },
      { type: 'Live', status: 'False' },
    ],
  },
};

test.each([
  ['.spec.size', [3]],
  ['.spec.missing', []],
  ['.spec.hosts', [['a', 'b']]],
  ['.spec.hosts[*]', ['a', 'b']],
  ['.spec.hosts[0]', ['a']],
  ['.spec.hosts[-1]', ['b']],
  ['.spec.hosts[7]', []],
  ["['spec']['odd.name']", [1]],
  ['.metadata.annotations.example\\.com/x', ['y']],
  ['.status.conditions[?(@.type=="Ready")].status', ['True']],
  [".status.conditions[?(@.type == 'Live')].status", ['False']],
  ['.status.conditions[?(@.type=="Gone")].status', []],
  ['.status.conditions[*].type', ['Ready', 'Live']],
  ['nonsense', []],
  ['.spec..size', []],
])('%s finds %j', (path, found) => {
  expect(readJsonPath(path, object)).toEqual(found);
});
