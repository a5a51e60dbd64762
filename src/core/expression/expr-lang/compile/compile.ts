import { emptyMap, type GoValue, int } from '../../../go/values.ts';
import type { Builtin, Node } from '../ast.ts';
import { functions } from '../builtins/index.ts';
import { asBool, asString, type Code } from '../frame.ts';
import { predicates } from '../predicates.ts';
import { asKey, lengthOf, slice } from '../values/access.ts';
import { negate } from '../values/arithmetic.ts';
import { toInt } from '../values/numbers.ts';
import { compileCall } from './calls.ts';
import { compileMember, skipped } from './member.ts';
import { compileBinary } from './operators.ts';
import { compilePredicate } from './predicates.ts';
import type { Scope } from './scope.ts';

/** Throws CONFIG_REGEX for a pattern that is none. */
export function compile(node: Node, scope: Scope): Code {
  switch (node.kind) {
    case 'literal': {
      const { value } = node;
      return () => value;
    }
    case 'name':
      return name(node.name, scope);
    case 'unary':
      return unary(node, scope);
    case 'binary':
      return compileBinary(node, scope);
    case 'chain': {
      const inner = compile(node.node, scope);
      return (frame) => {
        const value = inner(frame);
        return value === skipped ? null : value;
      };
    }
    case 'member':
      return compileMember(node, scope);
    case 'slice':
      return sliced(node, scope);
    case 'call':
      return compileCall(node, scope);
    case 'builtin':
      return predicates.has(node.name) ? compilePredicate(node, scope) : builtin(node, scope);
    case 'pointer':
      return pointer(node);
    case 'let':
      return declaration(node, scope);
    case 'condition':
      return condition(node, scope);
    case 'array':
      return array(node, scope);
    case 'map':
      return map(node, scope);
    case 'inTexts': {
      const value = compile(node.value, scope);
      const { texts, at } = node;
      return (frame) => {
        const text = value(frame);
        frame.at = at;
        return texts.has(asKey(text));
      };
    }
  }
}

function name(text: string, scope: Scope): Code {
  const variable = scope.variable(text);
  if (variable !== undefined) return ({ variables }) => variables[variable] ?? null;
  if (text === '$env') return ({ env }) => env;
  return ({ env }) => (Object.hasOwn(env, text) ? (env[text] ?? null) : null);
}

function unary({ sign, operand, at }: Node & { kind: 'unary' }, scope: Scope): Code {
  const value = compile(operand, scope);
  if (sign === '+') return value;
  const apply = sign === '-' ? negate : (one: GoValue): GoValue => !asBool(one);
  return (frame) => {
    const one = value(frame);
    frame.at = at;
    return apply(one);
  };
}

function sliced({ object, from, to, at }: Node & { kind: 'slice' }, scope: Scope): Code {
  const value = compile(object, scope);
  const end = to && compile(to, scope);
  const start = from && compile(from, scope);
  return (frame) => {
    const one = value(frame);
    frame.at = at;
    const last = end ? end(frame) : lengthOf(one);
    const first = start ? start(frame) : 0;
    frame.at = at;
    return slice(one, toInt(first), toInt(last), frame.run);
  };
}

function pointer({ name: what }: Node & { kind: 'pointer' }): Code {
  if (what === 'index') return ({ scope }) => int(scope!.index);
  if (what === 'acc') return ({ scope }) => scope!.acc;
  return ({ scope }) => scope!.items[scope!.index] ?? null;
}

function declaration({ name: text, value, body }: Node & { kind: 'let' }, scope: Scope): Code {
  const code = compile(value, scope);
  const { index, inner } = scope.declare(text);
  const rest = compile(body, inner);
  return (frame) => {
    frame.variables[index] = code(frame);
    return rest(frame);
  };
}

function condition({ test, yes, no }: Node & { kind: 'condition' }, scope: Scope): Code {
  const [question, first, second] = [compile(test, scope), compile(yes, scope), compile(no, scope)];
  const { at } = test;
  return (frame) => {
    const answer = question(frame);
    frame.at = at;
    return asBool(answer) ? first(frame) : second(frame);
  };
}

function array({ items, at }: Node & { kind: 'array' }, scope: Scope): Code {
  const codes = items.map((item) => compile(item, scope));
  return (frame) => {
    frame.at = at;
    frame.run.bytes(16 * codes.length);
    return codes.map((code) => code(frame));
  };
}

function map({ pairs, at }: Node & { kind: 'map' }, scope: Scope): Code {
  const codes = pairs.map(({ key, value }) => ({ key: compile(key, scope), value: compile(value, scope) }));
  return (frame) => {
    frame.run.bytes(32 * codes.length);
    const result = emptyMap();
    for (const { key, value } of codes) {
      const member = key(frame);
      const content = value(frame);
      frame.at = at;
      result[asString(member)] = content;
    }
    return result;
  };
}

function builtin({ name: text, args, at }: Builtin, scope: Scope): Code {
  const { call } = functions.get(text)!;
  const codes = args.map((arg) => compile(arg, scope));
  return (frame) => {
    const values = codes.map((code) => code(frame));
    frame.at = at;
    return call(values, frame);
  };
}
