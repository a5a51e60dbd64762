import { expect, test } from 'vitest';
import { objectProblem } from '../../../../src/dialects/tekton/listener/go-json.ts';

test.each([['{}'], ['{"sha": "5e123", "n": [1e308, 1e-999]}'], [' {"a": [1, -2.5e3, true, null, "\\u00e9\\n"]} '], ['null']])(
  '%s is taken',
  (text) => {
    expect(objectProblem(text)).toBeUndefined();
  },
);

const map = 'of type map[string]interface {}';

test.each([
  ['', 'unexpected end of JSON input'],
  ['{"a":', 'unexpected end of JSON input'],
  ['"a', 'unexpected end of JSON input'],
  ['a=b', "invalid character 'a' looking for beginning of value"],
  ["{'a'", "invalid character '\\'' looking for beginning of object key string"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b"}', `invalid character '"' after object key:value pair`],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ['[1 2]', "invalid character '2' after array element"],
  ['[1,]', "invalid character ']' looking for beginning of value"],
  ['{} x', "invalid character 'x' after top-level value"],
  ['nul1', "invalid character '1' in literal null (expecting 'l')"],
  ['"\n"', "invalid character '\\n' in string literal"],
  ['"\\q"', "invalid character 'q' in string escape code"],
  ['"\\u00g0"', "invalid character 'g' in \\u hexadecimal character escape"],
  ['-x', "invalid character 'x' in numeric literal"],
  ['01', "invalid character '1' after top-level value"],
  ['1.x', "invalid character 'x' after decimal point in numeric literal"],
  ['1e+x', "invalid character 'x' in exponent of numeric literal"],
  ['\u00e9', "invalid character 'Ã' looking for beginning of value"],
  ['\u0001', "invalid character '\\x01' looking for beginning of value"],
  ['{"a":nul', "invalid character ' ' in literal null (expecting 'l')"],
  ['-', "invalid character ' ' in numeric literal"],
  ['"\\', "invalid character ' ' in string escape code"],
  ['{"a": -1e999, "b": 1e400}', 'json: cannot unmarshal number -1e999 into Go value of type float64'],
  ['[1]', `json: cannot unmarshal array into Go value ${map}`],
  ['1', `json: cannot unmarshal number into Go value ${map}`],
  ['"a"', `json: cannot unmarshal string into Go value ${map}`],
  ['true', `json: cannot unmarshal bool into Go value ${map}`],
  ['['.repeat(100_000), 'exceeded max depth'],
])('%j is refused as Go refuses it', (text, problem) => {
  expect(objectProblem(text)).toBe(problem);
});
