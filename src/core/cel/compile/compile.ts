import type { Functions } from '../functions/function.ts';
import { typeNames } from '../functions/type-names.ts';
import { dotted, type Node, termsOf } from '../syntax/tree.ts';
import { resolved, type Variables } from '../types/check.ts';
import { CelFault, type CelResult } from '../values/fault.ts';
import { keyOf } from '../values/maps.ts';
import { type CelValue, kindOf, MapValue, plain, TypeValue } from '../values/value.ts';
import { call } from './call.ts';
import { equality } from './equality.ts';
import type { Code } from './frame.ts';
import { all, any, choice } from './logic.ts';
import { loop } from './loops.ts';
import { has, index, select } from './navigate.ts';

/** What the names of a part stand for. */
export interface Scope {
  readonly variables: Variables;
  /** The variables of the loops around, each with its place in `Frame.locals`. They hide others. */
  readonly locals: ReadonlyMap<string, number>;
  /** How many loops are around. */
  readonly depth: number;
  readonly functions: Functions;
}

export const outermost = ({ variables, functions }: Pick<Scope, 'variables' | 'functions'>): Scope => ({
  variables,
  functions,
  locals: new Map(),
  depth: 0,
});

/** Throws EngineError CONFIG_REGEX or CONFIG_CEL for a literal that a function can never use; the rest has been checked. */
export function compile(node: Node, scope: Scope): Code {
  const inside = (part: Node): Code => compile(part, scope);
  switch (node.is) {
    case 'literal': {
      const { value } = node;
      return () => value;
    }
    case 'name':
      return name(node.name, node.start, scope);
    case 'select': {
      const type = dotted(node);
      if (type !== undefined && typeNames.has(type)) return constant(new TypeValue(type));
      return select(inside(node.object), node.field, node.place);
    }
    case 'has':
      return has(inside(node.object), node.field, node.place);
    case 'list':
      return list(node.items.map(inside));
    case 'map':
      return map(
        node.entries.map(({ key, value }) => [inside(key), inside(value)]),
        node.start,
      );
    case 'and':
      return all(termsOf('and', node).map(inside), node.place);
    case 'or':
      return any(termsOf('or', node).map(inside), node.place);
    case 'choice':
      return choice(inside(node.condition), inside(node.yes), inside(node.no), node.place);
    case 'call':
      return operation(node, scope);
    case 'loop':
      return loop(node, inside(node.over), scope.depth, (part) => compile(part, withLocal(scope, node.variable)));
  }
}

const constant =
  (value: CelValue): Code =>
  () =>
    value;

function name(text: string, place: number, { variables, locals }: Scope): Code {
  const slot = locals.get(text);
  if (slot !== undefined) return (frame) => frame.locals[slot]!;
  if (!variables.has(text)) return constant(new TypeValue(text));
  return (frame) => {
    const value = frame.input[text];
    return value === undefined ? new CelFault(`no such attribute: ${text}`, place) : plain(value);
  };
}

const withLocal = (scope: Scope, variable: string): Scope => ({
  ...scope,
  depth: scope.depth + 1,
  locals: new Map(scope.locals).set(variable, scope.depth),
});

function operation(node: Extract<Node, { is: 'call' }>, scope: Scope): Code {
  const { locals, variables, functions } = scope;
  const { name: text, target, args, place } = resolved(node, functions, { has: (one) => locals.has(one) || variables.has(one) });
  const parts = target ? [target, ...args] : args;
  const [first, second] = parts;
  if (first && second) {
    if (text === '_==_' || text === '_!=_') return equality(text === '_==_', [first, second], (part) => compile(part, scope));
    if (text === '_[_]') return index(compile(first, scope), compile(second, scope), place);
  }
  const known = functions.get(text)!.filter((one) => one.isMember === (target !== undefined) && one.takes.length === parts.length);
  return call(
    known,
    parts,
    parts.map((part) => compile(part, scope)),
    place,
  );
}

function list(items: readonly Code[]): Code {
  return (frame) => {
    frame.bytes(items.length * 16);
    const values: CelValue[] = [];
    for (const item of items) {
      const value = item(frame);
      if (value instanceof CelFault) return value;
      values.push(value);
    }
    return values;
  };
}

function map(entries: readonly (readonly [Code, Code])[], place: number): Code {
  return (frame): CelResult => {
    frame.bytes(entries.length * 32);
    const made = new Map<string | boolean | bigint, { key: CelValue; value: CelValue }>();
    for (const [keyCode, valueCode] of entries) {
      const key = keyCode(frame);
      if (key instanceof CelFault) return key;
      const value = valueCode(frame);
      if (value instanceof CelFault) return value;
      const known = typeof key === 'number' ? undefined : keyOf(key);
      if (known === undefined) return new CelFault(`unsupported key type: ${kindOf(key)}`, place);
      made.set(known, { key, value });
    }
    return new MapValue(made);
  };
}
