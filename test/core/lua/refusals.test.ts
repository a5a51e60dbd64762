import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { JsonObject } from '../../../src/core/json/json.ts';
import { compileLua } from '../../../src/core/lua/index.ts';

/** The error, with the rest of the script from its place on. */
function told(script: string, event: JsonObject = {}): string {
  try {
    compileLua(script).table(event);
    return 'nothing';
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    const { offset } = thrown.fields;
    const place = typeof offset === 'number' ? ` @ ${JSON.stringify(script.slice(offset, offset + 12))}` : '';
    return `${thrown.message}${place}${thrown.hint ? ` (${thrown.hint})` : ''}`;
  }
}

test.each([
  ['if event.a thn return event end', 'Lua: \'then\' expected near "thn" @ "thn return e" (did you mean "then"?)'],
  ['local x = 1\n  retrun event', 'Lua: syntax error near "event" @ "event" (did you mean "return"?)'],
  ['return { a = 1', "Lua: '}' expected (to close '{' at line 1) near the end of the script @ \"1\""],
  ['if a then\n  b()\n', "Lua: 'end' expected (to close 'if' at line 1) near the end of the script @ \")\\n\""],
  ['local a = 7 // 2', 'Lua: unexpected symbol near "/" @ "/ 2"'],
  ['return a & b', 'Lua: "&" is no word of Lua 5.1 @ "& b" (both conditions: and; bits cannot be combined in Lua 5.1)'],
  ['return a != b', 'Lua: "!" is no word of Lua 5.1 @ "!= b" (not equal is ~=, and negation is the word not)'],
  ['return ~1', 'Lua: "~" is no word of Lua 5.1 @ "~1" (not equal is ~=)'],
  ['return "abc', 'Lua: this string does not end: " is missing @ "\\"abc"'],
  ['return [[abc', 'Lua: this string does not end: ]] is missing @ "[[abc"'],
  ['--[[ abc', 'Lua: this comment does not end: ]] is missing @ "[[ abc"'],
  ['return 3x', 'Lua: malformed number near "3x" @ "3x"'],
  ['while true do break print(1) end', 'Lua: break must be the last statement of its block @ "break print(" (write do break end)'],
  [
    'local a = f()\n(g)()',
    'Lua: this could call what stands before, or be a new statement @ "(g)()" (put a ; before it, or both on one line)',
  ],
  ['goto nowhere', 'Lua: no visible label \'nowhere\' for goto at line 1 @ "nowhere"'],
  ['x = = 1', 'Lua: unexpected symbol near "=" @ "= 1"'],
  ['return "ä", @', 'Lua: "@" is no word of Lua 5.1 @ "@"'],
])('%j is refused: %s', (script, message) => {
  expect(told(script)).toBe(message);
});

test.each<[string, string]>([
  ['local x = event.foo.bar return x', 'Lua: line 1: attempt to index a nil value (field \'foo\') @ "bar return x"'],
  ['local x\n\nreturn { a = 1 +\n  x }', 'Lua: line 3: attempt to perform arithmetic on a nil value (local \'x\') @ "+\\n  x }"'],
  [
    'return { s = strng.upper("x") }',
    'Lua: line 1: attempt to index a nil value (global \'strng\') @ "upper(\\"x\\") }" (did you mean "string"?)',
  ],
  ['pritn("x")', 'Lua: line 1: attempt to call a nil value (global \'pritn\') @ "pritn(\\"x\\")" (did you mean "print"?)'],
  ['\nerror("no port")', 'Lua: line 2: no port @ "error(\\"no po"'],
  ['error({ code = 1 })', 'Lua: the script raised a value that is no text: table: 0x000000000001 @ "error({ code"'],
  ['assert(event.a, "a is missing")', 'Lua: line 1: a is missing @ "assert(event"'],
  [
    'local f = function()\n  return ("x"):rep({})\nend\nreturn f()',
    'Lua: line 2: bad argument #2 to string.rep (number expected, got table) @ "(\\"x\\"):rep({}"',
  ],
  ['return { s = ("x"):find("(") }', 'Lua: line 1: unfinished capture at EOS @ "(\\"x\\"):find(\\""'],
  [
    'io.open("x")',
    'Lua: line 1: a rule\'s script may not use io.open: it sees the event and the clock, and nothing else @ "io.open(\\"x\\")"',
  ],
  ['return 5', 'Lua: the script must return a table, and it returned a number'],
  ['local x = 1', 'Lua: the script must return a table, and it returned nothing'],
  ['return { f = print }', 'Lua: a function cannot be a part of the payload'],
  ['return { 0 / 0 }', 'Lua: NaN (not a number) cannot be a part of the payload'],
  ['return { -1 / 0 }', 'Lua: an infinite number cannot be a part of the payload'],
])('%j fails: %s', (script, message) => {
  expect(told(script)).toBe(message);
});

test('a place behind characters of several units is counted in characters of the text', () => {
  expect(told('local s = "𝄞é" -- 𝄞\nreturn s.x.y')).toBe('Lua: line 2: attempt to index a nil value (field \'x\') @ "y"');
});
