import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { compileLua, type LuaLimits } from '../../../src/core/lua/index.ts';

function ending(script: string, limits: Partial<LuaLimits> = {}): string {
  try {
    return `gave ${JSON.stringify(compileLua(script, limits).table({}))}`;
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return `${thrown.code}: ${thrown.message}`;
  }
}

const endless = 'EVENT_LIMIT: stopped after 100000 steps: the script does not seem to end';
const large = 'EVENT_LIMIT: stopped after 100000 bytes: the script builds too much';
const deep = 'EVENT_LIMIT: stopped after 100 calls inside calls: the script calls itself too deeply';
const small: LuaLimits = { steps: 100_000, bytes: 100_000, depth: 100 };

test.each([
  ['while true do end', endless],
  ['local t = setmetatable({}, { __index = function(t, k) while true do end end }) return { t.x }', endless],
  ['table.sort({ 1, 2, 3 }, function() while true do end end)', endless],
  ['("abc"):gsub(".", function() while true do end end)', endless],
  ['local t = setmetatable({}, { __tostring = function() while true do end end }) tostring(t)', endless],
  ['for word in ("a b"):gmatch("%a") do while true do end end', endless],
  [`("${'a'.repeat(40)}"):find("${'a-'.repeat(12)}b")`, endless],
  ['local s = "x" while true do s = s .. s end', large],
  ['return { ("x"):rep(100001) }', large],
  ['return { string.format("%99999d%99999d", 1, 2) }', large],
  ['local t = {} while true do t[#t + 1] = 1 end', large],
  ['local t = {} t[1000000] = 1', large],
  ['("x"):rep(1000):gsub("x", ("x"):rep(1000))', large],
  ['table.concat({ 1, 2, 3 }, ("x"):rep(50000))', large],
  ['local function f() return 1 + f() end f()', deep],
] as [string, string][])('%s ends: %s', (script, message) => {
  expect(ending(script, small)).toBe(message);
});

test.each([
  ['pcall(function() while true do end end)', endless],
  ['while true do pcall(function() while true do end end) end', endless],
  ['xpcall(function() while true do end end, function() return "caught" end)', endless],
  ['pcall(pcall, pcall, function() while true do end end)', endless],
  ['coroutine.resume(coroutine.create(function() while true do end end))', endless],
  ['pcall(coroutine.wrap(function() while true do end end))', endless],
  ['coroutine.resume(coroutine.create(function() pcall(function() coroutine.yield() while true do end end) end))', 'gave nothing'],
  [
    'local c = coroutine.create(function() pcall(function() coroutine.yield() while true do end end) end) coroutine.resume(c) coroutine.resume(c)',
    endless,
  ],
  ['pcall(string.rep, "x", 1e9)', large],
  ['pcall(function() local s = "x" while true do s = s .. s end end)', large],
  ['pcall(table.sort, { 2, 1 }, function() while true do end end)', endless],
  ['pcall(function() local function f() return 1 + f() end f() end)', deep],
])('%s cannot get past the limit', (script, message) => {
  const end = ending(`${script} return {}`, small);

  expect(end).toBe(message === 'gave nothing' ? 'gave {}' : message);
});

test.each([
  ['local n = 0 for i = 1, 100000 do n = n + i end return { n = n }', { n: 5_000_050_000 }],
  ['local t = {} for i = 1, 20000 do t[i] = i end return { n = #t }', { n: 20_000 }],
  ['local function f(n) if n == 0 then return 0 end return 1 + f(n - 1) end return { n = f(900) }', { n: 900 }],
  ['local function f(n) if n == 0 then return 0 end return f(n - 1) end return { n = f(100000) }', { n: 0 }],
  ['local s = {} for i = 1, 5000 do s[i] = tostring(i) end return { n = #table.concat(s, ",") }', { n: 23_892 }],
  ['return { n = #("x"):rep(1000000) }', { n: 1_000_000 }],
  ['local t = {} for i = 1, 2000 do t[i] = (i * 7919) % 2003 end table.sort(t) return { a = t[1], b = t[2000] }', { a: 1, b: 2002 }],
  ['local n = 0 for w in ("word "):rep(5000):gmatch("%a+") do n = n + 1 end return { n = n }', { n: 5000 }],
  ['return { n = #("a"):rep(100000):match("^(.*)$") }', { n: 100_000 }],
])('%s is within the limits', (script, value) => {
  expect(compileLua(script).table({})).toEqual(value);
});

test('a limit met in one run says nothing about the next', () => {
  const program = compileLua('if event.loop then while true do end end return { a = 1 }', small);

  expect(() => program.table({ loop: true })).toThrow(endless.replace('EVENT_LIMIT: ', ''));
  expect(program.table({ loop: false })).toEqual({ a: 1 });
  expect(() => program.table({ loop: true })).toThrow(endless.replace('EVENT_LIMIT: ', ''));
});
