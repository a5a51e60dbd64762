import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../src/core/json/json.ts';
import { compileKubePath, MissingKey, PathError } from '../../../../src/core/kube/json-path/index.ts';

const root: Json = {
  list: ['x', 'y', 'z'],
  numbers: [1, 2, 3],
  pods: [
    { name: 'a', n: 1, ok: true, tags: ['one'] },
    { name: 'b', n: 2, ok: false, tags: [] },
    { name: 'c', n: 3 },
  ],
  nested: { deep: { er: [{ n: 1 }, { n: 2 }] } },
  'dotted.key': 'dk',
  'with space': 'ws',
  '': 'empty',
  text: 'héj',
  nul: null,
  nothing: [],
  'quote"d': 'q',
  signs: [{ s: ')]' }],
};

/** The error's place in the path, if it has one, and its sentence. */
function problemOf(path: string): string {
  try {
    return `none: it finds ${JSON.stringify(compileKubePath(path).find(root))}`;
  } catch (thrown) {
    if (!(thrown instanceof PathError)) throw thrown;
    return `${thrown.offset ?? '–'} ${thrown.message}`;
  }
}

describe('what a path finds', () => {
  test.each<[string, Json[]]>([
    ['', [root]],
    ['.list', [['x', 'y', 'z']]],
    ['.list[0]', ['x']],
    ['.list[-1]', ['z']],
    ['.list[]', ['x']],
    ['.list[1:]', ['y', 'z']],
    ['.list[:-1]', ['x', 'y']],
    ['.list[-2:-1]', ['y']],
    ['.list[0:3:2]', ['x', 'z']],
    ['.list[::2]', ['x', 'z']],
    ['.list[1:1]', []],
    ['.list[*]', ['x', 'y', 'z']],
    ['.list.*', ['x', 'y', 'z']],
    ['.list[0,2]', ['x', 'z']],
    ['.list[ 0 , 1:3 ]', ['x', 'y', 'z']],
    ['.nested.deep.er[*].n', [1, 2]],
    ['.nested..n', [1, 2]],
    ['.nested..', [{ deep: { er: [{ n: 1 }, { n: 2 }] } }, { er: [{ n: 1 }, { n: 2 }] }, [{ n: 1 }, { n: 2 }], { n: 1 }, { n: 2 }]],
    ['.dotted\\.key', ['dk']],
    ["['dotted\\.key']", ['dk']],
    ["['nested.deep.er'][0].n", [1]],
    ["['list','numbers'][0]", ['x', 1]],
    ['.with\\ space', ['ws']],
    ["['']", ['empty']],
    ['.quote"d', ['q']],
    ['$.list[0]', ['x']],
    ['@.list[0]', ['x']],
    ['.nul', [null]],
    ['.nul[0]', []],
    ['.nothing[*]', []],
    ['.text.*', [104, 195, 169, 106]],
    ['.list 5', [5]],
    [".list 'a\\tb'", ['a\tb']],
    ['.list[*] 5', [5, 5, 5]],
    [".list[*] 'a'", ['a']],
    ['.pods[?(@.name == "b")].n', [2]],
    [".pods[?(@.name=='b')].n", [2]],
    [".pods[?(@.name != 'b')].n", [1, 3]],
    [".pods[?(@.name > 'a')].n", [2, 3]],
    [".pods[?('a' >= @.name)].n", [1]],
    ['.pods[?(@.n == 2.0)].name', ['b']],
    ['.pods[?(@.n < 2.5)].name', ['a', 'b']],
    ['.pods[?(@.n <= 2.0)].name', ['a', 'b']],
    ['.pods[?(1 == 1)].name', ['a', 'b', 'c']],
    ['.pods[?(@.ok)].name', ['a', 'b']],
    ['.pods[?(@.tags[0])].name', ['a', 'b']],
    ['.pods[?(@.name == @.name)].name', ['a', 'b', 'c']],
    [".signs[?(@.s == ')]')].s", [')]']],
  ])('%s', (path, found) => {
    expect(compileKubePath(path).find(root)).toEqual(found);
  });

  test('a key that may be missing finds nothing', () => {
    expect(compileKubePath('.pods[*].nope').find(root, { mayMiss: true })).toEqual([]);
    expect(() => compileKubePath('.pods[*].nope').find(root)).toThrow(MissingKey);
  });

  test('integers that a double cannot hold are compared as numbers', () => {
    const big = [{ n: 12345678901234567890n }];

    expect(compileKubePath('[?(@.n > 1.5)]').find(big)).toEqual(big);
  });
});

describe('what is wrong with a path', () => {
  test.each([
    ['.nope', '– "nope" is not there'],
    ['.text.x', '– "x" is not there'],
    ['.list[3]', '– the list has 3 elements, and none at 3'],
    ['.list[-4]', '– the list has 3 elements, and none at -1'],
    ['.list[0:4]', '– the list has 3 elements, and none at 3'],
    ['.list[2:1]', '– the range starts at 2, behind its end at 1'],
    ['.list[0:3:0]', '– the step of a range is 1 or more'],
    ['.text[0]', '– a text is no list'],
    ['.nested[0]', '– an object is no list'],
    ['.pods[?(@.n == 2)]', '– a number cannot be compared with an integer: write 2.0 for 2'],
    ['.pods[?(@.n == "2")]', '– a number cannot be compared with a text'],
    ['.pods[?(@.ok > true)]', '– true and false have no order'],
    ['.pods[?(@.ok == true)]', '– "ok" is not there'],
    ['.pods[?(@.name == null)]', '– the word "null" has no meaning here'],
    ['.pods[?(@.tags == 1.0)]', '– a list cannot be compared'],
    ['.pods[?(@.name => 1.0)]', '– a text cannot be compared with a number'],
    [".pods[?(@.name => 'a')]", '– there is no operator "=>"'],
    ['.pods[?(@.* == 1.0)]', '– only one value can be compared with one other'],
    ['.nested[?(@.x)]', '– an object is no list that could be filtered'],
    ['.nul[?(@.x)]', '– null is no list that could be filtered'],
    ['.list length', '– the word "length" has no meaning here'],
    ['.list[1', '5 the bracket is not closed'],
    ['.list[x]', '6 "x" is neither a place in a list nor a key in single quotes'],
    ['.list["x"]', '6 ""x"" is neither a place in a list nor a key in single quotes'],
    ['.list[0, x]', '9 "x" is neither a place in a list nor a key in single quotes'],
    ['.list[99999999999999999999]', '6 "99999999999999999999" is no place in a list'],
    ['.list | x', '6 there is no meaning in "|"'],
    ['.pods[?(@.n > 1.0 && @.n < 3.0)]', '18 there is no meaning in "&"'],
    ['.pods[?(@.x', '5 the filter is not closed'],
    ['.pods[?(@.x)', '12 a filter ends with ")]"'],
    ["['a", '0 the bracket is not closed'],
    [".x 'a", '3 a text in quotes does not end'],
    [".x '\\q'", '3 a text in quotes has an escape that there is not'],
    ['....x', '2 ".." stands twice'],
    ['.x 1.2.3', '3 "1.2.3" is no number'],
    ['.x\n.y', '2 a path is one line'],
    ['.list\\', '5 a backslash ends the path'],
  ])('%s', (path, problem) => {
    expect(problemOf(path)).toBe(problem);
  });
});

test('a search that goes through the same values again and again ends', () => {
  let deep: Json = 1;
  for (let level = 0; level < 1500; level++) deep = { a: deep };

  expect(() => compileKubePath('..a..a..a').find(deep)).toThrow('stopped after 1000000 values: a JSONPath expression');
  expect(compileKubePath('..a').find(deep)).toHaveLength(1500);
});
