import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines, diffOf } from '../../../src/cli/rehearse/diff.ts';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });

test('taking away the + lines gives what was, and the - lines what is now', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const diff = diffLines(before, after);
      expect(diff.filter((one) => one.sign !== '+').map((one) => one.text)).toEqual(before);
      expect(diff.filter((one) => one.sign !== '-').map((one) => one.text)).toEqual(after);
    }),
  );
});

const secret = (password: string, resourceVersion: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 's', namespace: 'n', resourceVersion },
  data: { password },
});

test('values of Secrets and versions do not show', () => {
  expect(diffOf({ target: '', before: secret('b2xk', '1'), after: secret('bmV3', '2') })).toEqual([]);
  expect(JSON.stringify(diffOf({ target: '', before: undefined, after: secret('bmV3', '2') }))).not.toContain('bmV3');
});
