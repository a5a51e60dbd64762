import { expect, test } from 'vitest';
import { canonicalName, headersOf } from '../../../src/core/http/call.ts';

test.each([
  ['x-github-event', 'X-Github-Event'],
  ['X-GITHUB-EVENT', 'X-Github-Event'],
  ['etag', 'Etag'],
  ['user-agent', 'User-Agent'],
  ['User-Agent', 'User-Agent'],
  ['USER-agent', 'User-Agent'],
  ['x_y-1a', 'X_y-1a'],
  ['a b', 'a b'],
])('%s is written %s', (name, canonical) => {
  expect(canonicalName(name)).toBe(canonical);
});

test('a header that comes twice has both values, and Host none', () => {
  const headers = headersOf(['accept', 'a', 'Host', 'x', 'ACCEPT', 'b', '__proto__', 'c']);

  expect(Object.entries(headers)).toEqual([
    ['Accept', ['a', 'b']],
    ['__proto__', ['c']],
  ]);
});
