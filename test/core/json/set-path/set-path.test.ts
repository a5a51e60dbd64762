import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equalJson } from '../../../../src/core/json/equal.ts';
import { parseJson } from '../../../../src/core/json/parse.ts';
import { compilePath } from '../../../../src/core/json/path/index.ts';
import { setRaw, setString } from '../../../../src/core/json/set-path/index.ts';
import { goJson } from '../../../../src/core/json/stringify.ts';
import { json as anyJson, text as anyText } from '../arbitrary.ts';

describe('a value is set', () => {
  test.each([
    ['{"a":1,"b":2}', 'a', '{"a":0,"b":2}'],
    ['{ "a" : [ 1 , 2 ] }', 'a.1', '{ "a" : [ 1 , 0 ] }'],
    ['{"a":1}', 'b', '{"a":1,"b":0}'],
    ['{"a":1}', 'b.c.d', '{"a":1,"b":{"c":{"d":0}}}'],
    ['{}', 'spec.rules.0.host', '{"spec":{"rules":[{"host":0}]}}'],
    ['', 'a', '{"a":0}'],
    ['', '0', '[0]'],
    ['', '-1', '{"-1":0}'],
    ['{"a":[]}', 'a.-1', '{"a":[0]}'],
    ['{"a":[1] }', 'a.-1', '{"a":[1,0] }'],
    ['{"a":[1]}', 'a.3', '{"a":[1,null,null,0]}'],
    ['{"a":{"0":1}}', 'a.0', '{"a":{"0":0}}'],
    ['{}', 'a.:0', '{"a":{"0":0}}'],
    ['{}', ':0', '{"0":0}'],
    ['{"a":"text"}', 'a.b', '{"a":{"b":0}}'],
    ['{"a":"[1"}', 'a.0', '{"a":[0]}'],
    ['{"a":null}', 'a.0', '{"a":[0]}'],
    ['{"labels":{}}', 'labels.app\\.kubernetes\\.io/name', '{"labels":{"app.kubernetes.io/name":0}}'],
    ['{"a.b":1}', 'a\\.b', '{"a.b":0}'],
    ['{"a":1,"a":2}', 'a', '{"a":0,"a":2}'],
  ])('%s at %s', (json, path, result) => {
    expect(setRaw(json, path, '0')).toBe(result);
  });
});

describe('a query, a # or a wildcard changes what is there', () => {
  test.each([
    ['{"a":[{"n":"x","b":1},{"n":"y","b":2}]}', 'a.#(n=="y").b', '{"a":[{"n":"x","b":1},{"n":"y","b":0}]}'],
    ['{"a":[{"b":1},{"c":2},{"b":3}]}', 'a.#.b', '{"a":[{"b":0},{"c":2},{"b":0}]}'],
    ['{"a":[{"b":[1,2]},{"b":[3]}]}', 'a.#.b.0', '{"a":[{"b":[0,2]},{"b":[0]}]}'],
    ['{"a":[1,5,2,6]}', 'a.#(>4)#', '{"a":[1,0,2,0]}'],
    ['{"abc":1}', 'a*', '{"abc":0}'],
  ])('%s at %s', (json, path, result) => {
    expect(setRaw(json, path, '0')).toBe(result);
  });

  test.each([
    ['{"a":[{"n":"x"}]}', 'a.#(n=="y").b'],
    ['{"a":[{"n":"x"}]}', 'a.#(n=="x").b'],
    ['{"a":[1,2]}', 'a.#'],
    ['{"a":{"b":1}}', 'a|b'],
    ['{"a":{"b":1}}', '@this.a'],
    ['[[1,2],[3]]', '#.#'],
  ])('but %s at %s has no place to be changed', (json, path) => {
    expect(setRaw(json, path, '0')).toBe(json);
  });
});

test('a text is set as a JSON string, escaped as sjson does it', () => {
  expect(setString('{}', 'a', 'plain <b>')).toBe('{"a":"plain <b>"}');
  expect(setString('{}', 'a', 'line\n<b>&é\u2028')).toBe('{"a":"line\\n\\u003cb\\u003e\\u0026é\\u2028"}');
  expect(setString('{}', 'a\\"b', '"')).toBe('{"a\\"b":"\\""}');
});

test.each([
  ['{}', '', 'path "": path cannot be empty'],
  ['{"a":[1]}', 'a.x', `path "a.x": cannot set array element for non-numeric key 'x'`],
  ['{"a":[1]}', 'a.4000000', 'path "a.4000000": an index 3999999 beyond the end of the list is too far'],
  ['{}', 'a.4000000', 'path "a.4000000": an index 4000000 beyond the end of the list is too far'],
])('%s at %s is refused', (json, path, message) => {
  expect(() => setRaw(json, path, '0')).toThrow(expect.objectContaining({ code: 'CONFIG_PATH', message }));
});

describe('properties', () => {
  const escaped = (key: string) => key.replace(/[.\\]/g, (one) => `\\${one}`);
  const key = anyText().filter((one) => one !== '' && !/[|#@*?]|^[:!{[]/.test(one) && !/^(?:\d+|-1)$/.test(one));
  const path = fc.array(key.map(escaped), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));
  const object = fc.dictionary(anyText(), anyJson, { maxKeys: 4 });

  test('what was set is found', () => {
    fc.assert(
      fc.property(object, path, anyText(), (target, at, text) => {
        const json = goJson(target);
        let result: string;
        try {
          result = setString(json, at, text);
        } catch (error) {
          expect((error as Error).message).toContain('cannot set array element');
          return;
        }
        expect(compilePath(at).get(result)?.text).toBe(text);
        expect(equalJson(parseJson(setRaw(json, at, '7')), parseJson(setRaw(result, at, '7')))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('setting what is there changes nothing', () => {
    fc.assert(
      fc.property(object, (target) => {
        const json = goJson(target);
        for (const one of Object.keys(target).filter((name) => name !== '' && !/[|#@*?]|^[:!{[]/.test(name))) {
          const found = compilePath(escaped(one)).get(json);
          expect(found && setRaw(json, escaped(one), found.raw)).toBe(json);
        }
      }),
    );
  });
});
