import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { JsonObject } from '../../../src/core/json/json.ts';
import { compileLua } from '../../../src/core/lua/index.ts';
import { find } from '../../../src/core/lua/patterns/match.ts';
import { parsePattern } from '../../../src/core/lua/patterns/parse.ts';

/** More by `FUZZ_RUNS`. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 300);
const limits = { steps: 20_000, bytes: 4 * 1024 * 1024, depth: 100 };

/** Always a value or an error of ours; a refusal has its place in the script. */
function run(script: string, event: JsonObject): void {
  try {
    const program = compileLua(script, limits);
    program.isTrue(event);
    program.table(event);
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    const { offset } = thrown.fields;
    if (thrown.code === 'CONFIG_LUA') expect(offset).toEqual(expect.any(Number));
    else expect(thrown.code).toMatch(/^EVENT_(SCRIPT_FAILED|LIMIT)$/);
    if (typeof offset === 'number') expect(offset >= 0 && offset <= Math.max(script.length, 50_000)).toBe(true);
  }
}

const json = fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<JsonObject>;

const word = fc.constantFrom(
  ...['and', 'break', 'do', 'else', 'elseif', 'end', 'false', 'for', 'function', 'goto', 'if', 'in', 'local', 'nil', 'not', 'or'],
  ...['repeat', 'return', 'then', 'true', 'until', 'while', 'x', 'event', '1', '0x1p', '1e5', '"s"', "'\\", '[[', ']]', '--', '...', '..'],
  ...[
    '.',
    ':',
    '::',
    ',',
    ';',
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    '=',
    '==',
    '~=',
    '~',
    '<',
    '<=',
    '+',
    '-',
    '*',
    '/',
    '%',
    '^',
    '#',
    '\n',
    '\\',
  ],
);

test('any text, and any words of Lua, give a program or a refusal', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(word, { maxLength: 40 }).map((words) => words.join(' ')),
  );

  fc.assert(fc.property(text, json, run), { numRuns });
});

/** Scripts that parse: statements over a few variables, expressions and calls of the libraries. */
const { block } = fc.letrec<{ value: string; statement: string; block: string }>((tie) => {
  const name = fc.constantFrom('a', 'b', 'event', 'event.x', 'event.list', 'string', 'table', '_G');
  const literal = fc.constantFrom(
    'nil',
    'true',
    '0',
    '-1',
    '2.5',
    '1e300',
    '2^53',
    '0/0',
    '"text"',
    '("x"):rep(50)',
    '{}',
    '{ 1, nil, 3 }',
    '{ k = 1 }',
  );
  const called = fc.constantFrom(
    ...[
      'pairs',
      'ipairs',
      'next',
      'type',
      'tostring',
      'tonumber',
      'select',
      'unpack',
      'pcall',
      'xpcall',
      'error',
      'assert',
      'setmetatable',
    ],
    ...['getmetatable', 'rawget', 'rawset', 'rawequal', 'string.find', 'string.gsub', 'string.gmatch', 'string.match', 'string.format'],
    ...[
      'string.rep',
      'string.sub',
      'string.byte',
      'string.char',
      'table.insert',
      'table.remove',
      'table.concat',
      'table.sort',
      'table.maxn',
    ],
    ...[
      'math.floor',
      'math.max',
      'math.random',
      'math.ldexp',
      'os.date',
      'os.time',
      'coroutine.wrap',
      'coroutine.create',
      'coroutine.resume',
    ],
    ...['coroutine.yield', 'coroutine.status', 'io.open', 'print'],
  );
  const some = fc.array(tie('value'), { maxLength: 3 }).map((values) => values.join(', '));
  return {
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      literal,
      name,
      fc.tuple(called, some).map(([fn, args]) => `${fn}(${args})`),
      fc
        .tuple(tie('value'), fc.constantFrom('+', '-', '*', '/', '%', '^', '..', '==', '<', '<=', '~=', 'and', 'or'), tie('value'))
        .map((all) => `(${all.join(' ')})`),
      fc.tuple(fc.constantFrom('not ', '-', '#'), tie('value')).map((all) => all.join('')),
      fc.tuple(name, tie('value')).map(([table, key]) => `${table}[${key}]`),
      tie('block').map((body) => `function(...) ${body} end`),
    ),
    statement: fc.oneof(
      { maxDepth: 4 },
      fc.tuple(name, tie('value')).map(([target, value]) => `${target} = ${value}`),
      fc.tuple(name, tie('value'), tie('value')).map(([target, key, value]) => `${target}[${key}] = ${value}`),
      fc.tuple(called, some).map(([fn, args]) => `${fn}(${args})`),
      fc.tuple(tie('value'), tie('block')).map(([value, body]) => `if ${value} then ${body} end`),
      fc.tuple(tie('value'), tie('block')).map(([value, body]) => `while ${value} do ${body} end`),
      fc.tuple(tie('value'), tie('block')).map(([value, body]) => `for a = 1, ${value} do ${body} end`),
      fc.tuple(tie('value'), tie('block')).map(([value, body]) => `for a, b in pairs(${value}) do ${body} end`),
      tie('value').map((value) => `local a, b = ${value}`),
    ),
    block: fc.array(tie('statement'), { maxLength: 4 }).map((statements) => `${statements.join('; ')} `),
  };
});

test('any script gives a value or an error of ours, on any event', () => {
  const script = block.map((body) => `local a, b\n${body}\nreturn event, a, b, event`);

  fc.assert(fc.property(script, json, run), { numRuns });
});

/** Parts of patterns beside the same in regular expressions. */
const piece = fc.tuple(
  fc.constantFrom(
    ...[
      ['a', 'a'],
      ['b', 'b'],
      ['.', '[^]'],
      ['%a', '[A-Za-z]'],
      ['%d', '[0-9]'],
      ['%s', '[ \\n]'],
      ['[ab]', '[ab]'],
      ['[^a]', '[^a]'],
    ],
    ...[
      ['[a-c1]', '[a-c1]'],
      ['%.', '\\.'],
      ['%W', '[^0-9A-Za-z]'],
    ],
  ),
  fc.constantFrom(['', ''], ['', ''], ['*', '*'], ['+', '+'], ['-', '*?'], ['?', '?']),
);
const pieces = fc
  .array(piece, { minLength: 1, maxLength: 4 })
  .map((all) => both(all.map(([[lua, js], [times, jsTimes]]) => [lua! + times, js! + jsTimes])));
const both = (all: readonly (readonly [string, string])[]): readonly [string, string] => [
  all.map(([lua]) => lua).join(''),
  all.map(([, js]) => js).join(''),
];
const pattern = fc
  .tuple(fc.constantFrom('', '^'), pieces, pieces, pieces, fc.constantFrom('', '$'))
  .map(([start, before, inner, after, end]) => both([[start, start], before, [`(${inner[0]})`, `(${inner[1]})`], after, [end, end]]));

test('patterns match where regular expressions that mean the same do', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', ' ', '.', '\n'), maxLength: 12 });

  fc.assert(
    fc.property(pattern, text, ([lua, js], text) => {
      const expected = new RegExp(js).exec(text);
      const match = find(parsePattern(lua), text, 0, () => {});

      const got = match && [
        match.start,
        text.slice(match.start, match.end),
        ...match.captures.map(({ start, end }) => text.slice(start, end)),
      ];
      expect(got).toEqual(expected ? [expected.index, ...expected] : undefined);
    }),
    { numRuns: numRuns * 5 },
  );
});

test('any pattern on any text ends', () => {
  const sign = fc.constantFrom(...'a.%[]()^$*+-?bf1wz'.split(''));
  const source = fc.string({ unit: sign, maxLength: 20 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '(', ')', ' '), maxLength: 200 });

  fc.assert(
    fc.property(source, text, (source, text) => run(`return { r = { string.gsub(event.text, event.source, "%0") } }`, { source, text })),
    { numRuns },
  );
});
