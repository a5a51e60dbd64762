import { celEnv, isCelError, isCelList, isCelMap, isCelUint, parse as parseTheirs, plan } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { celEnvironment } from '../../../src/core/cel/index.ts';
import { jsonOf } from '../../../src/core/cel/json.ts';
import { defaultLimits } from '../../../src/core/cel/limits.ts';
import { programOf } from '../../../src/core/cel/program.ts';
import { parse } from '../../../src/core/cel/syntax/parse.ts';
import { CelFault } from '../../../src/core/cel/values/fault.ts';
import { type CelObject, kindOf } from '../../../src/core/cel/values/value.ts';

const environment = celEnvironment({ variables: { body: 'map(string, dyn)', header: 'map(string, dyn)' } });
const theirs = celEnv({ funcs: strings });

const inputs: readonly CelObject[] = [
  { body: {}, header: {} },
  {
    body: {
      a: 'x',
      n: 2,
      f: 2.5,
      t: true,
      z: null,
      l: [1, 2, 3],
      s: ['x', 'y'],
      m: { a: 'x', b: { c: 'deep' } },
      o: [{ a: 'x' }, { a: 'y', n: 1 }],
    },
    header: { 'X-Test': ['x'] },
  },
  { body: { a: 'Ünï', n: -1, f: 1e21, t: false, l: [], s: [], m: {}, o: [{}], z: 'null' }, header: { 'X-Test': ['a', 'b'] } },
  { body: { a: 7, n: 'two', f: null, t: 'true', l: 5, s: 'xy', m: 'q', o: { p: { a: 'x' } } }, header: { 'X-Test': [] } },
];

/** What both gave, in the same words; a failure is a failure, whatever it says. */
function oursFor(text: string, input: CelObject): string {
  const result = programOf(parse(text), text, environment, defaultLimits).evaluate(input);
  if (result instanceof CelFault) return 'fails';
  const json = jsonOf(result);
  return `${kindOf(result)} ${JSON.stringify(json instanceof CelFault ? 'not JSON' : json)}`;
}

const kinds: readonly (readonly [(value: unknown) => boolean, string])[] = [
  [(value) => value === null, 'null_type'],
  [(value) => typeof value === 'string', 'string'],
  [(value) => typeof value === 'boolean', 'bool'],
  [(value) => typeof value === 'number', 'double'],
  [(value) => typeof value === 'bigint', 'int'],
  [(value) => value instanceof Uint8Array, 'bytes'],
  [isCelUint, 'uint'],
  [isCelList, 'list'],
  [isCelMap, 'map'],
];

function theirsFor(text: string, input: CelObject): string {
  const result = plan(theirs, parseTheirs(text))(input as never);
  if (isCelError(result)) return 'fails';
  const kind = kinds.find(([is]) => is(result))?.[1];
  return `${kind} ${JSON.stringify(plainOf(result))}`;
}

function plainOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'bigint') return Number(value);
  if (isCelUint(value)) return Number(value.value);
  if (isCelList(value)) return [...value].map(plainOf);
  if (isCelMap(value)) return Object.fromEntries([...value.entries()].map(([key, one]) => [String(key), plainOf(one)]));
  return typeof value === 'number' && !Number.isFinite(value) ? 'not JSON' : value;
}

const paths = 'body.a body.n body.f body.t body.z body.l body.s body.m body.o body.m.b.c body.gone header body'.split(' ');
const literals = [
  "'x'",
  "''",
  "'Ü'",
  '1',
  '2.0',
  '2u',
  '0',
  '-1',
  'true',
  'false',
  'null',
  '[]',
  '[1, 2.0]',
  "['x']",
  "{'a': 'x'}",
  '{}',
  "b'x'",
];
/** Left out is where the package is not as cel-go: `double('x')`, `true` as an index, keys that no map can have, `!` and `-` that take each other away. */
const one = [
  '!(body.t)',
  'size(@)',
  'string(@)',
  'dyn(@)',
  'has(body.m.a)',
  'has(body.a.b)',
  "'x' in (@)",
  "(@)['a']",
  '(@)[0]',
  '(@)[1u]',
  '(@)[-1]',
  '(@)[2.0]',
  '(@).lowerAscii()',
  '(@).upperAscii()',
  '(@).trim()',
  '-(body.n)',
  '-(body.f)',
  'int(body.f)',
];
const two = [
  '@ == #',
  '@ != #',
  '@ < #',
  '@ <= #',
  '@ > #',
  '@ >= #',
  '@ + #',
  '@ - #',
  '@ * #',
  '@ / #',
  '@ % #',
  '@ && #',
  '@ || #',
  '@ ? # : @',
  '@ in [#]',
  '(@).all(x, x == #)',
  '(@).exists(x, x == #)',
  '(@).exists_one(x, x == #)',
  '(@).filter(x, x != #)',
  '(@).map(x, [x, #])',
  '(@).map(x, x == #, x)',
  '(@).exists(x, x.a == #)',
  '(@).all(x, size(x) > #)',
  '(@).startsWith(#)',
  '(@).endsWith(#)',
  '(@).contains(#)',
  '(@).indexOf(#)',
  '(@).split(#)',
  '(@).join(#)',
  '(@).charAt(#)',
  '(@).substring(#)',
  "(@).replace('x', #)",
];

const { expression } = fc.letrec<{ expression: string; leaf: string }>((tie) => ({
  leaf: fc.constantFrom(...paths, ...literals),
  expression: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('leaf'),
    fc
      .tuple(fc.constantFrom(...one, ...two), tie('expression'), tie('expression'))
      .map(([form, a, b]) => form.replaceAll('@', () => `(${a})`).replaceAll('#', () => `(${b})`)),
  ),
}));

test('an expression gives what the evaluator of @bufbuild/cel gives', () => {
  const compared = fc.property(expression, fc.constantFrom(...inputs), (text, input) => {
    expect([text, oursFor(text, input)]).toEqual([text, theirsFor(text, input)]);
  });
  fc.assert(compared, { numRuns: 2000 });
});
