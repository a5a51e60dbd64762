import { expect, test } from 'vitest';
import { pathPattern } from '../../../src/core/http/path-pattern.ts';

test.each([
  ['/push', '/push', true],
  ['/push', '/push/', false],
  ['/push', '/Push', false],
  ['/a.b', '/axb', false],
  ['/repo/{name}', '/repo/web', true],
  ['/repo/{name}', '/repo/', false],
  ['/repo/{name}', '/repo/a/b', false],
  ['/repo/{name}/push', '/repo/web.x/push', true],
  ['/v{version:[0-9]+}', '/v12', true],
  ['/v{version:[0-9]+}', '/vx', false],
  ['/all/{rest:.*}', '/all/a/b', true],
  ['/y{year:[0-9]{4}}', '/y2026', true],
  ['/open{brace', '/open{brace', true],
])('%s and %s: %s', (template, path, matches) => {
  expect(pathPattern(template)(path)).toBe(matches);
});

test('a pattern that is none is refused', () => {
  expect(() => pathPattern('/{x:[}')).toThrow('regular expression');
});
