import { closest } from '../../../errors/closest.ts';
import { GoError } from '../../../go/function.ts';
import { refuse } from '../../refuse.ts';
import { regexAt } from '../../regex-at.ts';
import type { Builtin, Call, Node } from '../ast.ts';
import { builtinNames, functions } from '../builtins/index.ts';
import { predicates } from '../predicates.ts';

import { typeOfBinary } from './operators.ts';
import { any, array, arrayOf, bool, float, func, groups, integer, isAssignable, isNumber, map, nil, string, type Type } from './types.ts';

/**
 * Finds what can never work, as the library does when it compiles, and names of functions that are not there: `functions` are those of the
 * environment. Throws CONFIG_EXPRESSION or CONFIG_REGEX.
 */
export function check(root: Node, functions: ReadonlySet<string>): void {
  new Checker(functions).visit(root);
}

interface Predicate {
  readonly collection: Type;
  readonly names: Readonly<Record<string, Type>>;
}

class Checker {
  readonly #functions: ReadonlySet<string>;
  readonly #predicates: Predicate[] = [];
  readonly #variables: { readonly name: string; readonly type: Type }[] = [];

  constructor(functions: ReadonlySet<string>) {
    this.#functions = functions;
  }

  visit(node: Node): Type {
    switch (node.kind) {
      case 'literal':
        return typeOfLiteral(node.value);
      case 'name':
        return this.#name(node.name);
      case 'unary':
        return this.#unary(node);
      case 'binary':
        return this.#binary(node);
      case 'chain':
        return this.visit(node.node);
      case 'member':
        return this.#member(node);
      case 'slice':
        return this.#slice(node);
      case 'call':
        return this.#call(node);
      case 'builtin':
        return this.#builtin(node);
      case 'pointer':
        return this.#pointer(node);
      case 'let':
        return this.#let(node);
      case 'condition':
        return this.#condition(node);
      case 'array':
        return this.#array(node.items.map((item) => this.visit(item)));
      case 'map':
        for (const { key, value } of node.pairs) {
          this.visit(key);
          this.visit(value);
        }
        return map;
      case 'inTexts':
        return bool;
    }
  }

  #variable(name: string): Type | undefined {
    return this.#variables.findLast((one) => one.name === name)?.type;
  }

  #name(name: string): Type {
    const variable = this.#variable(name);
    if (variable) return variable;
    if (name === '$env') return map;
    return builtinNames.has(name) ? func : any;
  }

  #unary({ sign, operand, at }: Node & { kind: 'unary' }): Type {
    const type = this.visit(operand);
    if (sign === '!' || sign === 'not') {
      if (type.kind === 'bool' || type.kind === 'any') return bool;
    } else if (isNumber(type) || type.kind === 'any') {
      return type;
    }
    throw refuse(`invalid operation: ${sign} (mismatched type ${type.name})`, at, hintOn(operand, type));
  }

  #binary({ sign, left, right, at }: Node & { kind: 'binary' }): Type {
    const l = this.visit(left);
    const r = this.visit(right);
    if (sign === 'matches' && right.kind === 'literal' && typeof right.value === 'string') regexAt(right.value, right.at);
    const type = typeOfBinary(sign, l, r);
    if (typeof type === 'object') return type;
    const hint = hintOn(left, l) ?? hintOn(right, r);
    throw refuse(type ?? `invalid operation: ${sign} (mismatched types ${l.name} and ${r.name})`, at, hint);
  }

  #member({ object, property, at }: Node & { kind: 'member' }): Type {
    const base = this.visit(object);
    const key = this.visit(property);
    const name = property.kind === 'literal' && typeof property.value === 'string' ? property.value : undefined;
    if (object.kind === 'name' && object.name === '$env') return name === undefined ? any : this.#environment(name);
    if (base.kind === 'nil' && name !== undefined) throw refuse(`type ${base.name} has no field ${name}`, at);
    if (base.kind === 'any') return any;
    if (base.name.startsWith('time.') && name !== undefined) return any;
    if (base.kind === 'map') {
      if (key.kind === 'nil' || key.kind === 'any' || isAssignable(key, base.key!)) return base.element!;
      throw refuse(`cannot use ${key.name} to get an element from ${base.name}`, property.at);
    }
    if (base.kind === 'array') {
      if (key.kind === 'int' || key.kind === 'any') return base.element!;
      throw refuse(`array elements can only be selected using an integer (got ${key.name})`, property.at);
    }
    throw refuse(`type ${base.name}[${key.name}] is undefined`, at, hintOn(object, base));
  }

  #environment(name: string): Type {
    return builtinNames.has(name) ? func : any;
  }

  #slice({ object, from, to, at }: Node & { kind: 'slice' }): Type {
    const type = this.visit(object);
    if (!['any', 'string', 'array'].includes(type.kind)) throw refuse(`cannot slice ${type.name}`, at);
    for (const index of [from, to]) {
      if (!index) continue;
      const { kind, name } = this.visit(index);
      if (kind !== 'int' && kind !== 'any') throw refuse(`non-integer slice index ${name}`, index.at);
    }
    return type;
  }

  /** Arguments of functions that are not built in are not looked at: the library knows nothing of what they take. */
  #call({ callee, at }: Call): Type {
    if (callee.kind === 'name' && !this.#variable(callee.name)) {
      if (!this.#functions.has(callee.name)) throw this.#unknown(callee.name, [...builtinNames, ...this.#functions], at);
      return any;
    }
    const name = callee.kind === 'member' && callee.property.kind === 'literal' ? `${callee.property.value}` : 'function';
    if (callee.kind === 'member' && callee.object.kind === 'name' && callee.object.name === 'sprig' && !this.#variable('sprig')) {
      if (!this.#functions.has(`sprig.${name}`)) throw this.#unknown(`sprig.${name}`, this.#functions, at);
      return any;
    }
    const type = this.visit(callee);
    if (type.kind === 'any') return any;
    if (type.kind === 'nil') throw refuse(`${name} is nil; cannot call nil as function`, at);
    throw refuse(`${type.name} is not callable`, at);
  }

  #unknown(name: string, known: Iterable<string>, at: number) {
    const near = closest(name, known);
    return refuse(`there is no function ${name}`, at, near ? `did you mean "${near}"?` : undefined);
  }

  #builtin(node: Builtin): Type {
    const { name, args, at } = node;
    if (predicates.has(name)) return this.#predicate(node);
    if (name === 'get') return this.#get(node);
    const types = args.map((arg) => this.visit(arg));
    try {
      return functions.get(name)!.check(types);
    } catch (thrown) {
      if (!(thrown instanceof GoError)) throw thrown;
      const odd = args.findIndex((arg, index) => hintOn(arg, types[index]!));
      throw refuse(thrown.message, at, odd < 0 ? undefined : hintOn(args[odd]!, types[odd]!));
    }
  }

  #predicate({ name, args }: Builtin): Type {
    const collection = this.visit(args[0]!);
    if (collection.kind !== 'array' && collection.kind !== 'any') {
      throw refuse(`builtin ${name} takes only array (got ${collection.name})`, args[0]!.at, hintOn(args[0]!, collection));
    }
    const names: Record<string, Type> = name === 'map' ? { index: integer } : name === 'reduce' ? { index: integer, acc: any } : {};
    this.#predicates.push({ collection, names });
    const result = this.visit(args[1]!);
    this.#predicates.pop();
    if (result.kind === 'nil') throw refuse('closure cannot be nil', args[1]!.at);
    if (args[2]) this.visit(args[2]);
    const element = collection.element ?? any;
    switch (name) {
      case 'map':
        return arrayOf(result);
      case 'reduce':
        return result;
      case 'groupBy':
        return groups;
    }
    if (result.kind !== 'bool' && result.kind !== 'any') throw refuse(`predicate should return boolean (got ${result.name})`, args[1]!.at);
    if (name === 'filter') return arrayOf(element);
    if (name === 'find' || name === 'findLast') return element;
    return name === 'count' || name.startsWith('find') ? integer : bool;
  }

  #get({ args, at }: Builtin): Type {
    const [object, key] = args;
    if (!object || !key || args.length !== 2) throw refuse(`invalid number of arguments (expected 2, got ${args.length})`, at);
    if (object.kind === 'name' && object.name === '$env') return key.kind === 'literal' && typeof key.value === 'string' ? nil : any;
    const type = this.visit(object);
    if (type.kind === 'any') return any;
    if (type.kind !== 'array' && type.kind !== 'map') throw refuse(`type ${type.name} does not support indexing`, object.at);
    const index = this.visit(key);
    const what = type.kind === 'array' ? 'slice' : 'map';
    if (index.kind === 'nil') throw refuse(`cannot use nil as ${what} index`, key.at);
    if (type.kind === 'array' && index.kind !== 'int' && index.kind !== 'any')
      throw refuse(`non-integer slice index ${index.name}`, key.at);
    if (type.kind === 'map' && index.kind !== 'any' && !isAssignable(index, type.key!)) {
      throw refuse(`cannot use ${index.name} to get an element from ${type.name}`, key.at);
    }
    return type.element!;
  }

  #pointer({ name, at }: Node & { kind: 'pointer' }): Type {
    const { collection, names } = this.#predicates.at(-1)!;
    if (name === '') return collection.element ?? any;
    if (Object.hasOwn(names, name)) return names[name]!;
    const known = Object.keys(names).map((one) => `#${one}`);
    throw refuse(`unknown pointer #${name}`, at, known.length > 0 ? `there is ${known.join(' and ')}` : undefined);
  }

  #let({ name, value, body, at }: Node & { kind: 'let' }): Type {
    if (builtinNames.has(name)) throw refuse(`cannot redeclare builtin ${name}`, at);
    if (this.#variable(name)) throw refuse(`cannot redeclare variable ${name}`, at);
    this.#variables.push({ name, type: this.visit(value) });
    const type = this.visit(body);
    this.#variables.pop();
    return type;
  }

  #condition({ test, yes, no }: Node & { kind: 'condition' }): Type {
    const condition = this.visit(test);
    if (condition.kind !== 'bool' && condition.kind !== 'any') {
      throw refuse(`non-bool expression (type ${condition.name}) used as condition`, test.at, hintOn(test, condition));
    }
    const [a, b] = [this.visit(yes), this.visit(no)];
    if (a.kind === 'nil') return b;
    if (b.kind === 'nil' || isAssignable(a, b)) return a;
    return any;
  }

  #array(types: readonly Type[]): Type {
    const last = types.at(-1);
    const same = types.every(({ kind }) => kind === last!.kind && kind !== 'nil');
    return last && same ? { ...array, literalElement: last } : array;
  }
}

function typeOfLiteral(value: unknown): Type {
  if (value === null) return nil;
  if (typeof value === 'string') return string;
  if (typeof value === 'boolean') return bool;
  return typeof value === 'number' ? float : integer;
}

/** A field of the event that is called like a function. */
function hintOn(node: Node, { kind }: Type): string | undefined {
  const name = node.kind === 'name' ? node.name : undefined;
  if (kind !== 'func' || name === undefined) return undefined;
  return `"${name}" is a function here; for the field of that name write get($env, "${name}")`;
}
