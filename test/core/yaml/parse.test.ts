import { expect, test } from 'vitest';
import { parseYaml } from '../../../src/core/yaml/parse.ts';

test('one document becomes a value', () => {
  expect(parseYaml('a: [1, "2", { b: null }]')).toEqual({ a: [1, '2', { b: null }] });
  expect(parseYaml('{"a": 9007199254740993}')).toEqual({ a: 9007199254740993n });
  expect(parseYaml('# nothing\n')).toBeNull();
});

test('what is broken is named by its line', () => {
  expect(() => parseYaml('a: 1\n\tb: 2')).toThrow(
    'this is not valid YAML: a tab is used for indentation; YAML allows only spaces there (line 2 of the text)',
  );
  expect(() => parseYaml('a: 1\n---\nb: 2')).toThrow(
    'this is not valid YAML: a second document begins here, and one was expected (line 3 of the text)',
  );
});
