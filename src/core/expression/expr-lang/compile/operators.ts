import { GoError } from '../../../go/function.ts';
import { type GoValue, Int, int, typedList } from '../../../go/values.ts';
import { byBytes } from '../../../json/by-bytes.ts';
import { compileRegex, type Regex } from '../../../regex.ts';
import { regexAt } from '../../regex-at.ts';
import type { Node } from '../ast.ts';
import { asBool, asString, type Code, type Frame } from '../frame.ts';
import { equal, isIn, isNil } from '../values/access.ts';
import { add, compare, divide, exponent, modulo, multiply, type Order, subtract } from '../values/arithmetic.ts';
import { toInt } from '../values/numbers.ts';
import { compile } from './compile.ts';
import type { Scope } from './scope.ts';

type Binary = Node & { kind: 'binary' };

export function compileBinary(node: Binary, scope: Scope): Code {
  const left = compile(node.left, scope);
  const right = compile(node.right, scope);
  const { sign, at } = node;
  switch (sign) {
    case 'and':
    case '&&':
      return (frame) => (bool(left, frame, node.left.at) ? right(frame) : false);
    case 'or':
    case '||':
      return (frame) => (bool(left, frame, node.left.at) ? true : right(frame));
    case '??':
      return (frame) => {
        const value = left(frame);
        return isNil(value) ? right(frame) : value;
      };
    case '==':
      return equality(node, left, right, true);
    case '!=':
      return equality(node, left, right, false);
    case '<':
    case '>':
    case '<=':
    case '>=':
      return comparison(node, sign, left, right);
    case 'matches':
      return matching(node, left, right);
    default:
      return applied(operations[sign]!, left, right, at);
  }
}

type Operation = (left: GoValue, right: GoValue, frame: Frame) => GoValue;

const operations: Readonly<Record<string, Operation>> = {
  '+': (a, b, { run }) => add(a, b, run),
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': modulo,
  '**': exponent,
  '^': exponent,
  '..': range,
  in: (a, b, { run }) => isIn(a, b, run),
  contains: ofTexts((a, b) => a.includes(b)),
  startsWith: ofTexts((a, b) => a.startsWith(b)),
  endsWith: ofTexts((a, b) => a.endsWith(b)),
};

const applied =
  (operation: Operation, left: Code, right: Code, at: number): Code =>
  (frame) => {
    const a = left(frame);
    const b = right(frame);
    frame.at = at;
    return operation(a, b, frame);
  };

function bool(code: Code, frame: Frame, at: number): boolean {
  const value = code(frame);
  if (typeof value === 'boolean') return value;
  frame.at = at;
  return asBool(value);
}

/** Most comparisons are with a literal; numbers of events are then compared as they are. */
function equality({ right: literal, at }: Binary, left: Code, right: Code, wanted: boolean): Code {
  const value = literal.kind === 'literal' ? literal.value : undefined;
  const number = plainNumber(value);
  return (frame) => {
    const a = left(frame);
    if (number !== undefined && typeof a === 'number') return (a === number) === wanted;
    if (typeof a === 'string' && typeof value === 'string') return (a === value) === wanted;
    const b = right(frame);
    frame.at = at;
    return equal(a, b, frame.run) === wanted;
  };
}

function plainNumber(value: GoValue): number | undefined {
  const number = value instanceof Int ? Number(value.value) : value;
  return typeof number === 'number' && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : undefined;
}

const holds: Readonly<Record<Order, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '>': (order) => order > 0,
  '<=': (order) => order <= 0,
  '>=': (order) => order >= 0,
};

function comparison({ right: literal, at }: Binary, sign: Order, left: Code, right: Code): Code {
  const test = holds[sign];
  const number = literal.kind === 'literal' ? plainNumber(literal.value) : undefined;
  return (frame) => {
    const a = left(frame);
    if (number !== undefined && typeof a === 'number') return test(a - number);
    const b = right(frame);
    frame.at = at;
    return test(compare(a, sign, b, byBytes));
  };
}

function matching({ right: pattern, at }: Binary, left: Code, right: Code): Code {
  if (pattern.kind === 'literal' && typeof pattern.value === 'string') {
    const regex = regexAt(pattern.value, pattern.at);
    return (frame) => {
      const text = left(frame);
      frame.at = at;
      return tested(regex, asString(text), frame);
    };
  }
  return applied((text, source, frame) => tested(compiled(asString(source), frame), asString(text), frame), left, right, at);
}

function tested(regex: Regex, text: string, { run }: Frame): boolean {
  run.steps((text.length * regex.pattern.length) / 1000);
  return regex.test(text);
}

function compiled(source: string, { run }: Frame): Regex {
  run.steps(1 + source.length);
  try {
    return compileRegex(source);
  } catch (thrown) {
    throw new GoError((thrown as Error).message);
  }
}

function ofTexts(test: (a: string, b: string) => boolean): Operation {
  return (a, b, { run }) => {
    const text = asString(a);
    run.scan(text);
    return test(text, asString(b));
  };
}

function range(from: GoValue, to: GoValue, { run }: Frame): GoValue {
  const [first, last] = [toInt(from), toInt(to)];
  const size = Math.max(last - first + 1, 0);
  if (size >= 1e6) throw new GoError('memory budget exceeded');
  run.steps(size);
  run.bytes(size * 16);
  return typedList(
    'int',
    Array.from({ length: size }, (_, index) => int(first + index)),
  );
}
