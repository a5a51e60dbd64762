import { GoError, type Spend } from '../go/function.ts';
import { equalJson } from '../json/equal.ts';
import type { Json } from '../json/json.ts';
import { compileRegex } from '../regex.ts';
import { apply } from './apply.ts';
import type { Term } from './steps.ts';

/** What a filter or script is worth for one value. Throws GoError, also where a path in it leads nowhere. */
export function valueOfTerm(term: Term, root: Json, current: Json, spend: Spend): Json {
  spend.steps(1);
  const value = (part: Term): Json => valueOfTerm(part, root, current, spend);
  switch (term.kind) {
    case 'literal':
      return term.value;
    case 'path':
      return apply(term.steps, root, term.isRooted ? root : current, spend);
    case 'not':
      return !truth(value(term.operand));
    case 'binary': {
      if (term.sign === '||') return truth(value(term.left)) || truth(value(term.right));
      if (term.sign === '&&') return truth(value(term.left)) && truth(value(term.right));
      return operation(term.sign, value(term.left), value(term.right), spend);
    }
  }
}

function truth(value: Json): boolean {
  if (typeof value === 'boolean') return value;
  throw new GoError('invalid argument. expected boolean');
}

function operation(sign: string, left: Json, right: Json, spend: Spend): Json {
  if (sign === '==') return equalJson(left, right);
  if (sign === '!=') return !equalJson(left, right);
  if (sign === '=~') return matches(left, right, spend);
  const [a, b] = [number(left), number(right)];
  switch (sign) {
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    default:
      return a ** b;
  }
}

function matches(text: Json, pattern: Json, spend: Spend): boolean {
  if (typeof text !== 'string' || typeof pattern !== 'string') throw new GoError('invalid argument. expected string');
  spend.steps(pattern.length + (text.length * pattern.length) / 1000);
  try {
    return compileRegex(pattern).test(text);
  } catch (thrown) {
    throw new GoError((thrown as Error).message);
  }
}

function number(value: Json): number {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  throw new GoError('invalid argument. expected number');
}

/** Whether a filter keeps an element: anything but null, false, 0 and what is empty. */
export function isTruthy(value: Json): boolean {
  if (value === null || typeof value !== 'object') return Boolean(value) && value !== "''" && value !== '""';
  return Object.keys(value).length > 0;
}
