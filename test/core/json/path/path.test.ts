import { describe, expect, test } from 'vitest';
import { compilePath } from '../../../../src/core/json/path/index.ts';

const pod = JSON.stringify({
  kind: 'Pod',
  metadata: { name: 'web-1', labels: { 'app.kubernetes.io/name': 'web', 'a|b': 'pipe', '*': 'star', '': 'empty' } },
  spec: {
    replicas: 3,
    ports: [
      { name: 'http', port: 80, tags: ['public', 'plain'], tls: false },
      { name: 'https', port: 443, tags: ['public'], tls: true },
      { name: 'metrics', port: 9090, tags: [], tls: null },
    ],
  },
});

const raw = (path: string, json = pod): string | undefined => compilePath(path).get(json)?.raw;

describe('keys and indexes', () => {
  test.each([
    ['kind', '"Pod"'],
    ['metadata.name', '"web-1"'],
    ['spec.ports.1.name', '"https"'],
    ['spec.ports.1.tags.0', '"public"'],
    ['spec.ports.3', undefined],
    ['spec.ports.-1', undefined],
    ['spec.ports.first', undefined],
    ['kind.name', undefined],
    ['Kind', undefined],
    ['', undefined],
    ['metadata.labels.', '"empty"'],
  ])('%s', (path, found) => {
    expect(raw(path)).toBe(found);
  });

  test('an escaped dot, pipe or star is part of the key', () => {
    expect(raw('metadata.labels.app\\.kubernetes\\.io/name')).toBe('"web"');
    expect(raw('metadata.labels.a\\|b')).toBe('"pipe"');
    expect(raw('metadata.labels.\\*')).toBe('"star"');
  });

  test('a key is compared by what it means, not by how it is spelled', () => {
    expect(raw('ab', '{"\\u0061b":1}')).toBe('1');
    expect(raw('a\\\\nb', '{"a\\nb":1,"a\\\\nb":2}')).toBe('2');
    expect(raw('a"b', '{"a\\"b":1}')).toBe('1');
  });

  test('the first of repeated keys counts, and the next where the first leads nowhere', () => {
    expect(raw('a', '{"a":1,"a":2}')).toBe('1');
    expect(raw('a.b', '{"a":{"c":1},"a":{"b":2}}')).toBe('2');
  });

  test('brackets and quotes in strings are no structure', () => {
    const json = '{"x":"}]\\"{","y":["]","\\\\"],"z":7}';

    expect(raw('z', json)).toBe('7');
    expect(raw('y.#', json)).toBe('2');
    expect(raw('y.1', json)).toBe('"\\\\"');
  });

  test('wildcards stand for any characters, and for one', () => {
    expect(raw('meta*.n?me')).toBe('"web-1"');
    expect(raw('*.name')).toBe('"web-1"');
    expect(raw('?ind')).toBe('"Pod"');
    expect(raw('????????.name')).toBe('"web-1"');
    expect(raw('k?', '{"k":1,"k😀":2}')).toBe('2');
  });
});

describe('lists', () => {
  test.each([
    ['spec.ports.#', '3'],
    ['spec.ports.#.port', '[80,443,9090]'],
    ['spec.ports.#.nothing', '[]'],
    ['spec.ports.#.tags.#', '[2,1,0]'],
    ['spec.ports.#.tags.0', '["public","public"]'],
    ['metadata.#', undefined],
  ])('%s', (path, found) => {
    expect(raw(path)).toBe(found);
  });
});

describe('queries', () => {
  test.each([
    ['#(name=="https").port', '443'],
    ['#(name="https").port', '443'],
    ['#(name=https).port', '443'],
    ['#[name=="https"].port', '443'],
    ['#( name == "https" ).port', '443'],
    ['#(name!="http").port', '443'],
    ['#(name%"http*")#.port', '[80,443]'],
    ['#(name!%"http*").port', '9090'],
    ['#(name>"http")#.port', '[443,9090]'],
    ['#(port>80)#.name', '["https","metrics"]'],
    ['#(port>=443)#.name', '["https","metrics"]'],
    ['#(port<443)#.name', '["http"]'],
    ['#(port<=443)#.name', '["http","https"]'],
    ['#(port=="80").name', '"http"'],
    ['#(tls==true).name', '"https"'],
    ['#(tls!=true).name', '"http"'],
    ['#(tls>false).name', '"https"'],
    ['#(tls<true).name', '"http"'],
    ['#(tls==null).name', undefined],
    ['#(tls==~null).name', '"metrics"'],
    ['#(tls==~false)#.name', '["http","metrics"]'],
    ['#(tls==~true)#.name', '["https"]'],
    ['#(none==~*)#.name', '[]'],
    ['#(tags.#(=="plain")).name', '"http"'],
    ['#(tags.#>1).name', '"http"'],
    ['#(tls)#.name', '["http","https","metrics"]'],
    ['#(name=="none").port', undefined],
    ['#(name=="none")#.port', '[]'],
    ['#(name=="http")#.nothing', '[]'],
    ['#(name=="http").nothing', undefined],
    ['#(port>80)#|0.name', '"https"'],
    ['#(port>80)#.name|1', '"metrics"'],
    ['#(name=="none")#.name|@keys', '[]'],
  ])('%s', (path, found) => {
    expect(raw(`spec.ports.${path}`)).toBe(found);
  });

  test('a value may hold quotes and brackets', () => {
    expect(raw('#(a=="x\\")").b', '[{"a":"x","b":1},{"a":"x\\")","b":2}]')).toBe('2');
  });

  test('elements that are no objects are compared themselves', () => {
    expect(raw('#(>2)#', '[1,2,3,"4",{"a":5},4]')).toBe('[3,"4",4]');
    expect(raw('#(%"a*")#', '["ab","b","ac"]')).toBe('["ab","ac"]');
  });
});

describe('pipes, modifiers, multipaths and literals', () => {
  test.each([
    ['spec.ports|#', '3'],
    ['spec.ports.#.name|0', '"http"'],
    ['spec.ports.#.name.0', '[]'],
    ['spec|ports|1|port', '443'],
    ['spec.ports.#.port.@reverse', '[80,443,9090]'],
    ['spec.ports.#.port|@reverse', '[9090,443,80]'],
    ['metadata.@keys', '["name","labels"]'],
    ['spec.ports.0.@values', '["http",80,["public","plain"],false]'],
    ['spec.ports.#.tags|@flatten', '["public","plain","public"]'],
    ['@this.kind', '"Pod"'],
    ['kind.@this', '"Pod"'],
    ['kind.@tostr', '"\\"Pod\\""'],
    ['kind.@tostr.@fromstr', '"Pod"'],
    ['@unknown', undefined],
    ['{kind,metadata.name}', '{"kind":"Pod","name":"web-1"}'],
    ['{"k":kind,n:metadata.name,none}', '{"k":"Pod","n":"web-1"}'],
    ['{spec.ports.#,"x":spec.replicas}', '{"_":3,"x":3}'],
    ['[kind,spec.replicas,none]', '["Pod",3]'],
    ['spec.ports.0.{name,port}', '{"name":"http","port":80}'],
    ['spec.ports.#.{name,port}|1', '{"name":"https","port":443}'],
    ['[kind,spec.replicas].1', '3'],
    ['{"l":!"lit","n":!5,"t":!true}', '{"l":"lit","n":5,"t":true}'],
    ['!"lit"', '"lit"'],
    ['!true', 'true'],
    ['!nothing', undefined],
    ['none|@keys', '[]'],
    ['none.none|@keys', undefined],
  ])('%s', (path, found) => {
    expect(raw(path)).toBe(found);
  });

  test.each([
    ['@reverse', '{"a":1,"b":[2]}', '{"b":[2],"a":1}'],
    ['@flatten', '[1,[2],[3,[4]]]', '[1,2,3,[4]]'],
    ['@flatten:{"deep":true}', '[1,[2],[3,[4,[]]]]', '[1,2,3,4]'],
    ['@join', '[{"a":1,"b":2},{"a":3},5]', '{"a":3,"b":2}'],
    ['@join:{"preserve":true}', '[{"a":1},{"a":3}]', '{"a":1,"a":3}'],
    ['@group', '{"a":[1,2],"b":["x"],"c":5}', '[{"a":1,"b":"x"},{"a":2}]'],
    ['@dig:a', '{"a":1,"b":{"a":[{"a":2}]}}', '[1,[{"a":2}],2]'],
    ['@valid', '{"a":1}', '{"a":1}'],
    ['@valid', '{"a":1', undefined],
    ['@ugly', '{ "a b" : [ 1 , 2 ] }', '{"a b":[1,2]}'],
    ['@keys', '[1,2]', '[null,null]'],
    ['@values', '5', '[5]'],
    ['@pretty', '{"a":[1,{"b":[]}],"c":{}}', '{\n  "a": [\n    1,\n    {\n      "b": []\n    }\n  ],\n  "c": {}\n}\n'],
    ['@pretty:{"indent":"\\t","sortKeys":true}', '{"b":[1,2],"a":0}', '{\n\t"a": 0,\n\t"b": [1, 2]\n}\n'],
    ['@pretty:{"width":5}', '[1,[22,33]]', '[\n  1,\n  [\n    22,\n    33\n  ]\n]\n'],
  ])('%s on %s', (path, json, found) => {
    expect(raw(path, json)).toBe(found);
  });
});

test('JSON lines are a list', () => {
  const lines = '{"a":1}\n{"a":2}\n[3]\n';

  expect(raw('..#', lines)).toBe('3');
  expect(raw('..1.a', lines)).toBe('2');
  expect(raw('..#.a', lines)).toBe('[1,2]');
  expect(raw('..#(a==2)', lines)).toBe('{"a":2}');
});

describe('what was found', () => {
  test.each([
    ['"a\\n\\u00e9\\ud83d\\ude00\\/"', 'String', 'a\né😀/', 0, false],
    ['"\\ud800x"', 'String', '\ufffdx', 0, false],
    ['"1.5"', 'String', '1.5', 1.5, false],
    ['"T"', 'String', 'T', 0, true],
    ['12345678901234567890', 'Number', '12345678901234567890', 12345678901234567000, true],
    ['1.50', 'Number', '1.5', 1.5, true],
    ['1e3', 'Number', '1000', 1000, true],
    ['1e400', 'Number', '+Inf', Number.POSITIVE_INFINITY, true],
    ['0', 'Number', '0', 0, false],
    ['true', 'True', 'true', 1, true],
    ['false', 'False', 'false', 0, false],
    ['null', 'Null', '', 0, false],
    ['{ "a": [] }', 'JSON', '{ "a": [] }', 0, false],
  ])('%s', (json, type, text, number, boolean) => {
    const found = compilePath('v').get(`{ "v" : ${json} }`);

    expect(found && { type: found.type, raw: found.raw, text: found.text, number: found.number, boolean: found.boolean }).toEqual({
      type,
      raw: json,
      text,
      number,
      boolean,
    });
  });
});
