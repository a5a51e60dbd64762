import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { compileLua } from '../../../src/core/lua/index.ts';

const require = createRequire(import.meta.url);

test('fengari is the version that the machine is made for', () => {
  expect(require('fengari/package.json').version).toBe('0.1.5');
});

/** What `machine/load.ts` replaces must still be looked up at each call, or copied only after it was replaced. */
test.each([
  ['tables', 'local t = {} t[3] = 1 return { n = #t }', 3],
  ['keys of numbers', 'for k in pairs({ 5 }) do return { n = k * 1e6 * 1e6 } end', 1e12],
  ['lengths', 'local s = ("x"):rep(70000) return { n = #s * #s }', 4_900_000_000],
  ['numerals', 'return { n = 2147483647 + 1 }', 2_147_483_648],
  ['texts of numbers', 'return { n = 10 / 2 .. "" }', '5'],
  ['numbers in texts', 'return { n = "0x10" + 0 }', 16],
  ['hashes of strings', 'local t = {} t["\\1\\35"] = 1 return { n = tostring(t["\\18\\3"]) }', 'nil'],
  ['the order of strings', 'return { n = tostring("\\9b" < "a") }', 'true'],
])('%s are ours', (_, script, n) => {
  expect(compileLua(script).table({})).toEqual({ n });
});

test('every thread charges the run: what is counted is counted inside coroutines too', () => {
  const script = (body: string) => `coroutine.wrap(function() ${body} end)() return {}`;

  for (const body of ['for i = 1, 1e6 do end', 'local s = "x" while true do s = s .. s end', 'local function f() return 1 + f() end f()'])
    expect(() => compileLua(script(body), { steps: 100_000, bytes: 100_000, depth: 150 }).table({})).toThrow('stopped after');
});
