import { expect, test } from 'vitest';
import { compileCesql, Failure } from '../../../src/core/cesql/index.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';

const event: Record<string, string | number | boolean> = { id: '1234', type: 'dev.example', source: '/s', n: 20, flag: true, text: 'TRUE' };

const ask = (expression: string): boolean | string => {
  const answer = compileCesql(expression).ask((name) => event[name]);
  return answer instanceof Failure ? answer.because : answer;
};

function refusal(expression: string): string {
  try {
    compileCesql(expression);
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return `${thrown.fields['offset']}: ${thrown.message}${thrown.hint ? ` (${thrown.hint})` : ''}`;
  }
  return 'fine';
}

test.each([
  ['FALSE AND FALSE OR TRUE', false],
  ['(FALSE AND FALSE) OR TRUE', true],
  ['TRUE XOR TRUE XOR TRUE', true],
  ['NOT FALSE AND TRUE', true],
  ['1 + 2 * 3 = 7', true],
  ['10 - 2 - 3 = 5', true],
  ['- 7 + 8 = 1', true],
  ['1 = 1 = TRUE', true],
])('%s is %s: logic binds from right to left, all else from left to right', (expression, expected) => {
  expect(ask(expression)).toBe(expected);
});

test.each([
  ["missing = 'x'", 'the event has no attribute `missing`'],
  ["missing = 'x' OR TRUE", 'the event has no attribute `missing`'],
  ['FALSE AND missing', false],
  ['TRUE OR missing', true],
  ['EXISTS missing', false],
  ['EXISTS id', true],
  ["NOT type = 'x'", '"dev.example" is neither true nor false'],
  ["type > 'a'", '"dev.example" is no integer'],
  ['1 / (n - 20) = 1', 'a division by zero'],
  ['flag', true],
  ['text', 'it gives "TRUE", which is neither TRUE nor FALSE'],
  ['NOT text', false],
  ['SUBSTRING(id, 0) = id', 'SUBSTRING: there is no place 0 in "1234"'],
  ["n IN ('x', 20)", '"x" is no integer'],
  ["n IN (20, 'x')", true],
  ['2147483647 + 1 = -2147483648', true],
  ["LEFT('aü', 2) = 'a\ufffd'", true],
  ["RIGHT('aü', 2) = 'ü'", true],
  ["'it''s' = 'it\\'s'", false],
  ["UPPER('straße') = 'STRAßE'", true],
  ["LOWER('ΑΣ') = 'ασ'", true],
  ["TRIM('\ufeff\u0085a ') = '\ufeff\u0085a'", true],
])('%s gives %s', (expression, expected) => {
  expect(ask(expression)).toBe(expected);
});

test.each([
  ['dev.%', true],
  ['%.example', true],
  ['%v%x%mpl_', true],
  ['DEV.%', false],
  ['dev_example', true],
  ['dev', false],
  ['%%', true],
])('the type is LIKE %s: %s', (pattern, expected) => {
  expect(ask(`type LIKE '${pattern}'`)).toBe(expected);
});

test('LIKE needs no more time than pattern times text', () => {
  const text = 'a'.repeat(20_000);
  const like = compileCesql(`type LIKE '${'%a'.repeat(50)}%b'`);
  let reads = 0;

  const answer = like.ask((name) => {
    reads += 1;
    return name === 'type' ? text : undefined;
  });

  expect(answer).toBe(false);
  expect(reads).toBe(1);
});

test.each([
  ['', '0: CESQL: a value is missing at the end'],
  ['TRUE TRUE', '5: CESQL: an operator or the end is expected, and not `TRUE`'],
  ['n -1 = 19', '2: CESQL: an operator or the end is expected, and not `-1`'],
  ['type LIKE type', '10: CESQL: a pattern in quotes is expected, and not `type`'],
  ['type IN ()', '9: CESQL: a value is expected, and not `)`'],
  ['EXISTS (type)', '7: CESQL: the name of an attribute is expected, and not `(`'],
  ['(TRUE', '5: CESQL: an operator or `)` is missing at the end'],
  ["type = 'x", "7: CESQL: the text that begins here has no closing '"],
  ['1.5 = 1', '1: CESQL: "." means nothing here'],
  ['my_ext = 1', '0: CESQL: my_ext is no name of an attribute: those have letters and digits only'],
  ['LENGHT(id) = 1', '0: CESQL: there is no function LENGHT (did you mean LENGTH?)'],
  ['LENGTH(id, 1) = 1', '0: CESQL: the function LENGTH does not take 2 values'],
  ['2147483648 = 1', '0: CESQL: 2147483648 is beyond 32 bits'],
  ['n + 1', '2: CESQL: it gives an integer, and TRUE or FALSE is wanted'],
  ["'true'", '0: CESQL: it gives a text, and TRUE or FALSE is wanted'],
  ['type NOT TRUE', '9: CESQL: LIKE or IN is expected, and not `TRUE`'],
])('%s is refused with the place and the reason', (expression, expected) => {
  expect(refusal(expression)).toBe(expected);
});

test.each([
  ['parentheses', `${'('.repeat(600)}TRUE${')'.repeat(600)}`],
  ['a chain', `TRUE${' AND TRUE'.repeat(600)}`],
  ['a sum', `n${' + 1'.repeat(600)} = 1`],
  ['NOT', `${'NOT '.repeat(100_000)}TRUE`],
])('what is nested too deep is refused, and not a crash: %s', (_, expression) => {
  expect(refusal(expression)).toMatch(/: CESQL: it is nested deeper than 500 levels$/);
});

test('it says which attributes it looks at', () => {
  expect(compileCesql("type LIKE 'a%' AND (EXISTS N OR LENGTH(id) IN (n, 3)) AND NOT (type = 'x')").names).toEqual(['type', 'n', 'id']);
});
