import type { Attributes } from '../cloudevents/attributes.ts';
import { closest } from '../errors/closest.ts';
import { type CesqlFunction, functionNames, functionOf } from './functions.ts';
import { compileLike } from './like.ts';
import type { Arithmetic, Comparison, Logic, Tree } from './parse.ts';
import { refuse } from './refuse.ts';
import { Failure, type Result, toBoolean, toInteger, toText, toTypeOf, type Value } from './values.ts';

export type Evaluate = (attributes: Attributes) => Result;

/** The tree as a function of an event. Throws EngineError CONFIG_CESQL for a function that does not exist. */
export function compile(tree: Tree): Evaluate {
  switch (tree.kind) {
    case 'literal':
      return () => tree.value;
    case 'attribute':
      return attribute(tree.name);
    case 'exists':
      return (attributes) => attributes(tree.name) !== undefined;
    case 'not': {
      const of = compile(tree.of);
      return on(of, toBoolean, (value) => !value);
    }
    case 'negate':
      return on(compile(tree.of), toInteger, (value) => -value | 0);
    case 'like': {
      const test = compileLike(tree.pattern);
      return on(compile(tree.of), toText, test);
    }
    case 'in':
      return among(compile(tree.of), tree.list.map(compile));
    case 'call':
      return call(tree.name, tree.list.map(compile), tree.at);
    case 'AND':
    case 'OR':
    case 'XOR':
      return combined(tree.kind, compile(tree.left), compile(tree.right));
    case '=':
    case '!=':
    case '<>':
      return equality(tree.kind === '=', compile(tree.left), compile(tree.right));
    case '<':
    case '<=':
    case '>':
    case '>=':
      return onIntegers(compare[tree.kind], compile(tree.left), compile(tree.right));
    default:
      return onIntegers(calculate[tree.kind], compile(tree.left), compile(tree.right));
  }
}

function attribute(name: string): Evaluate {
  const missing = new Failure(`the event has no attribute \`${name}\``);
  return (attributes) => attributes(name) ?? missing;
}

/** A function of one value, which is turned into what it takes. */
function on<T extends Value>(of: Evaluate, cast: (value: Value) => T | Failure, then: (value: T) => Result): Evaluate {
  return (attributes) => {
    const value = of(attributes);
    if (value instanceof Failure) return value;
    const typed = cast(value);
    return typed instanceof Failure ? typed : then(typed);
  };
}

function onIntegers(then: (left: number, right: number) => Result, left: Evaluate, right: Evaluate): Evaluate {
  return (attributes) => {
    const first = left(attributes);
    if (first instanceof Failure) return first;
    const second = right(attributes);
    if (second instanceof Failure) return second;
    const a = toInteger(first);
    if (a instanceof Failure) return a;
    const b = toInteger(second);
    return b instanceof Failure ? b : then(a, b);
  };
}

const compare: Readonly<Record<Exclude<Comparison, '=' | '!=' | '<>'>, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

const byZero = new Failure('a division by zero');

/** Beyond 32 bits numbers begin again at the other end. */
const calculate: Readonly<Record<Arithmetic, (left: number, right: number) => number | Failure>> = {
  '+': (left, right) => (left + right) | 0,
  '-': (left, right) => (left - right) | 0,
  '*': Math.imul,
  '/': (left, right) => (right === 0 ? byZero : (left / right) | 0),
  '%': (left, right) => (right === 0 ? byZero : (left % right) | 0),
};

/** The left side is turned into the type of the right one. */
function equality(wanted: boolean, left: Evaluate, right: Evaluate): Evaluate {
  return (attributes) => {
    const first = left(attributes);
    if (first instanceof Failure) return first;
    const second = right(attributes);
    if (second instanceof Failure) return second;
    const typed = toTypeOf(first, second);
    return typed instanceof Failure ? typed : (typed === second) === wanted;
  };
}

/** Members are turned into the type of the left side, one after another until one is equal. */
function among(of: Evaluate, members: readonly Evaluate[]): Evaluate {
  return (attributes) => {
    const wanted = of(attributes);
    if (wanted instanceof Failure) return wanted;
    for (const member of members) {
      const value = member(attributes);
      if (value instanceof Failure) return value;
      const typed = toTypeOf(value, wanted);
      if (typed instanceof Failure) return typed;
      if (typed === wanted) return true;
    }
    return false;
  };
}

/** The right side is not looked at where the left one decides. */
function combined(kind: Logic, left: Evaluate, right: Evaluate): Evaluate {
  const first = on(left, toBoolean, (value) => value);
  const second = on(right, toBoolean, (value) => value);
  const decides = kind === 'AND' ? false : kind === 'OR' ? true : undefined;
  return (attributes) => {
    const a = first(attributes);
    if (a instanceof Failure || a === decides) return a;
    const b = second(attributes);
    return kind === 'XOR' && !(b instanceof Failure) ? a !== b : b;
  };
}

const casts = { text: toText, integer: toInteger, any: (value: Value) => value };

function call(name: string, list: readonly Evaluate[], at: number): Evaluate {
  const { run, takes } = functionFor(name, list.length, at);
  return (attributes) => {
    const values: Value[] = [];
    for (const [index, one] of list.entries()) {
      const value = one(attributes);
      if (value instanceof Failure) return value;
      const typed = casts[takes[Math.min(index, takes.length - 1)]!](value);
      if (typed instanceof Failure) return typed;
      values.push(typed);
    }
    return run(...values);
  };
}

function functionFor(name: string, count: number, at: number): CesqlFunction {
  const found = functionOf(name, count);
  if (found) return found;
  if (functionNames.includes(name)) throw refuse(`the function ${name} does not take ${count} values`, at);
  const near = closest(name, functionNames);
  throw refuse(`there is no function ${name}`, at, near ? `did you mean ${near}?` : `there are ${functionNames.join(', ')}`);
}
