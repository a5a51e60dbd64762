import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { difference, type FieldSet, intersection, node, pathsOf, union } from '../../../../src/cli/local-cluster/apply/field-set.ts';

/** Any set of paths of up to three steps, as the tree that holds it. */
const path = fc.array(fc.constantFrom('f:a', 'f:b', 'f:c'), { minLength: 1, maxLength: 3 });
const sets = fc
  .array(path, { maxLength: 6 })
  .map((paths) => paths.reduce<FieldSet | undefined>((set, steps) => union(set, treeOf(steps)), undefined));

function treeOf([step, ...rest]: readonly string[]): FieldSet {
  return rest.length === 0 ? node(false, { [step!]: node(true, {})! })! : node(false, { [step!]: treeOf(rest) })!;
}

const paths = (set: FieldSet | undefined) => new Set(set ? pathsOf(set) : []);

describe('sets of fields', () => {
  test('behave as sets of their paths', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const [left, right] = [paths(a), paths(b)];
        expect(paths(union(a, b))).toEqual(new Set([...left, ...right]));
        expect(paths(intersection(a, b))).toEqual(new Set([...left].filter((one) => right.has(one))));
        expect(paths(difference(a, b))).toEqual(new Set([...left].filter((one) => !right.has(one))));
      }),
    );
  });

  test('are undefined when they are empty, so that an empty node is always a leaf', () => {
    fc.assert(
      fc.property(sets, (a) => {
        expect(difference(a, a)).toBeUndefined();
        expect(intersection(a, undefined)).toBeUndefined();
      }),
    );
  });

  test('show items of lists by their keys', () => {
    const set = { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:name': {} } }, 'f:finalizers': { 'v:"x"': {} } };

    expect(pathsOf(set)).toEqual(['.ports[port=80,protocol="TCP"]', '.ports[port=80,protocol="TCP"].name', '.finalizers[="x"]']);
  });
});
