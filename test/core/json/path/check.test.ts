import { expect, test } from 'vitest';
import { checkPath } from '../../../../src/core/json/path/index.ts';

test.each([
  ['', 'the path is empty'],
  ['a.#(b=="c"', 'the query #(b=="c" is not closed'],
  ['#(b==")"', 'the query #(b==")" is not closed'],
  ['{a,b', 'the multipath {a,b is not closed'],
  ['a.b.', 'it ends with ".", behind which a key is missing'],
  ['a|', 'it ends with "|", behind which a key is missing'],
  ['a\\', 'it ends with a backslash that escapes nothing'],
])('%j is suspicious', (path, problem) => {
  expect(checkPath(path)).toBe(problem);
});

test.each(['a', 'a.b.0', 'a\\.', 'a.b\\\\', 'a.#(b=="c").d', '{a,"b":c}', 'a.#', '#', '@this', 'a|@reverse', 'a#(b'])(
  '%j is fine',
  (path) => {
    expect(checkPath(path)).toBeUndefined();
  },
);
