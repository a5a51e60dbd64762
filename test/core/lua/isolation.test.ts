import { expect, test } from 'vitest';
import { compileLua } from '../../../src/core/lua/index.ts';

test.each([
  ['a global variable', 'seen = (seen or 0) + 1 return { n = seen }'],
  ['a member of a library', 'string.seen = (string.seen or 0) + 1 return { n = string.seen }'],
  ['the metatable of strings', 'local mt = getmetatable("") mt.seen = (mt.seen or 0) + 1 return { n = mt.seen }'],
  ['the metatable of a library', 'local mt = getmetatable(os) or { n = 0 } mt.n = mt.n + 1 setmetatable(os, mt) return { n = mt.n }'],
  ['_G', '_G.seen = (rawget(_G, "seen") or 0) + 1 return { n = seen }'],
  ['a library put in place of another', 'local n = math.n and 2 or 1 math = { n = 1 } return { n = n }'],
  ['a function that keeps a value', 'local n = 0 function count() n = n + 1 return n end return { n = count() }'],
  ['sorted and removed members of a library', 'table[1] = (table[1] or 0) + 1 return { n = table[1] }'],
  ['inserted members of a library', 'table.insert(table, 1) return { n = #table }'],
])('%s is new in each run', (_, script) => {
  const program = compileLua(script);

  expect([program.table({}), program.table({}), program.table({})]).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }]);
});

test('what one script does to its libraries, another does not see', () => {
  const vandal = compileLua('string.upper = nil getmetatable("").__index = nil return {}');
  const neighbour = compileLua('return { s = ("x"):upper() }');

  vandal.table({});

  expect(neighbour.table({})).toEqual({ s: 'X' });
  expect(vandal.table({})).toEqual({});
});

test('a run that ended in an error or at a limit leaves nothing behind', () => {
  const program = compileLua(
    'if event.n == 1 then string.x = 1 error("a") end if event.n == 2 then coroutine.wrap(function() while true do end end)() end return { x = tostring(string.x) }',
    { steps: 50_000 },
  );

  expect(() => program.table({ n: 1 })).toThrow('line 1: a');
  expect(() => program.table({ n: 2 })).toThrow('50000 steps');
  expect(program.table({ n: 3 })).toEqual({ x: 'nil' });
});

test('random numbers are the same in each run, and in the range that was asked for', () => {
  const program = compileLua('local t = {} for i = 1, 50 do t[i] = math.random(3, 5) end t[51] = math.random() return t');

  const first = program.table({}) as number[];

  expect(program.table({})).toEqual(first);
  expect([...new Set(first.slice(0, 50))].sort()).toEqual([3, 4, 5]);
  expect(first[50]! >= 0 && first[50]! < 1).toBe(true);
});

test.each(['io', 'os', 'debug', 'package', 'channel', 'string'])('%s holds nothing that reaches beyond the event', (library) => {
  const allowed = ['clock', 'date', 'difftime', 'time', 'setlocale', 'traceback'];
  const script = `
    local free = {}
    for name, fn in pairs(${library}) do
      if type(fn) == "function" then
        local ok, message = pcall(fn, "x")
        if ok or not message:find("may not use", 1, true) then free[#free + 1] = name end
      end
    end
    table.sort(free)
    return { free = free }`;

  const { free } = compileLua(script).table({}) as { free: string[] };

  const harmless = Object.values(free).filter((name) => library !== 'string' && !allowed.includes(name));
  expect(harmless).toEqual([]);
});
