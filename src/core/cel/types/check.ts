/**
 * What can be said of an expression before any event is there: names that nothing has, functions that are not there or do not take such
 * arguments. Most of an event can be anything, so most expressions pass; what is refused here would fail for every event.
 */
import { closest } from '../../errors/closest.ts';
import type { Functions } from '../functions/function.ts';
import { typeNames } from '../functions/type-names.ts';
import { refuse } from '../refuse.ts';
import { dotted, type Node, type NodeOf } from '../syntax/tree.ts';
import { type CelValue, kindOf } from '../values/value.ts';
import { common, resultOf } from './fit.ts';
import { dyn, list, map, type Type, typeText } from './type.ts';

export type Variables = ReadonlyMap<string, Type>;

const bool: Type = { is: 'bool' };

/** The type that the expression has. Throws CONFIG_CEL. */
export function check(node: Node, variables: Variables, functions: Functions): Type {
  const typeOf = (part: Node, scope: Variables = variables): Type => check(part, scope, functions);
  switch (node.is) {
    case 'literal':
      return typeOfLiteral(node.value);
    case 'name':
      return typeOfName(node, node.name, variables);
    case 'select': {
      const name = dotted(node);
      if (name !== undefined && typeNames.has(name)) return { is: 'type' };
      return typeOfField(typeOf(node.object), node);
    }
    case 'has':
      typeOfField(typeOf(node.object), node);
      return bool;
    case 'list':
      return list(common(node.items.map((item) => typeOf(item))));
    case 'map':
      return map(common(node.entries.map(({ key }) => typeOf(key))), common(node.entries.map(({ value }) => typeOf(value))));
    case 'and':
    case 'or':
      for (const side of [node.left, node.right]) mustBe(typeOf(side), side);
      return bool;
    case 'choice': {
      mustBe(typeOf(node.condition), node.condition);
      const [yes, no] = [typeOf(node.yes), typeOf(node.no)];
      const result = resultOf(sameTwo, [yes, no]);
      if (!result) throw refuse(`the choice gives ${typeText(yes)} or ${typeText(no)}: both must be of one type`, node.place);
      return result;
    }
    case 'call':
      return typeOfCall(node, typeOf, functions, variables);
    case 'loop':
      return typeOfLoop(node, typeOf, variables);
  }
}

const sameTwo = [{ name: '', isMember: false, takes: [letter('A'), letter('A')], gives: letter('A') }];

function letter(name: string): Type {
  return { is: 'letter', name };
}

function typeOfLiteral(value: CelValue): Type {
  const kind = kindOf(value);
  return kind === 'list' || kind === 'map' ? dyn : { is: kind };
}

function typeOfName(node: Node, name: string, variables: Variables): Type {
  const known = variables.get(name);
  if (known) return known;
  if (typeNames.has(name)) return { is: 'type' };
  const names = [...variables.keys()];
  const near = closest(name, names);
  throw refuse(
    `there is no "${name}"; there are ${names.join(', ')}`,
    node.start,
    near === undefined ? undefined : `did you mean ${near}?`,
  );
}

function typeOfField(type: Type, { field, place }: NodeOf<'select'> | NodeOf<'has'>): Type {
  if (type.is === 'dyn') return dyn;
  if (type.is === 'map') return type.value;
  throw refuse(`${typeText(type)} has no fields, so there is no .${field} of it`, place);
}

function mustBe(type: Type, node: Node): void {
  if (type.is !== 'bool' && type.is !== 'dyn') throw refuse(`this is ${typeText(type)}, and true or false is wanted`, node.start);
}

function typeOfCall(node: NodeOf<'call'>, typeOf: (part: Node) => Type, functions: Functions, variables: Variables): Type {
  const { name, target, args } = resolved(node, functions, variables);
  const known = functions.get(name)?.filter(({ isMember }) => isMember === (target !== undefined));
  if (!known || known.length === 0) throw noFunction(node, name, functions);
  const types = [...(target ? [target] : []), ...args].map((arg) => typeOf(arg));
  const result = resultOf(known, types);
  if (result) return result;
  const wanted = known.map((one) => `(${one.takes.map(typeText).join(', ')})`);
  throw refuse(`${shown(name)} does not take (${types.map(typeText).join(', ')})`, node.place, `it takes ${wanted.join(' or ')}`);
}

/** A call of `math.ceil(x)` is one of a function with that name, unless `math` is a variable. */
export function resolved(node: NodeOf<'call'>, functions: Functions, variables: { has(name: string): boolean }): NodeOf<'call'> {
  const path = node.target && dotted(node.target);
  if (path === undefined || variables.has(path.split('.')[0]!)) return node;
  const name = `${path}.${node.name}`;
  return functions.has(name) ? { ...node, name, target: undefined } : node;
}

function noFunction(node: NodeOf<'call'>, name: string, functions: Functions) {
  const known = functions.get(name);
  if (known) {
    const form = node.target ? `${name}(x)` : `x.${name}()`;
    return refuse(`${name} is called as ${form}`, node.place);
  }
  const near = closest(
    name,
    [...functions.keys()].filter((one) => /^\w/.test(one) && !/^_.*_$/.test(one)),
  );
  return refuse(`there is no function "${name}"`, node.place, near === undefined ? undefined : `did you mean ${near}?`);
}

/** `_+_` as `+`. */
const shown = (name: string): string => (/^[\w.]+$/.test(name) && !name.startsWith('_') ? name : name.replaceAll(/[_@]/g, ''));

function typeOfLoop(node: NodeOf<'loop'>, typeOf: (part: Node, scope: Variables) => Type, variables: Variables): Type {
  const { form, over, variable, where, body } = node;
  const range = typeOf(over, variables);
  if (range.is !== 'list' && range.is !== 'map' && range.is !== 'dyn') {
    throw refuse(`${form} goes over a list or the keys of a map, and this is ${typeText(range)}`, over.start);
  }
  if (form === 'sortBy' && range.is === 'map') throw refuse(`sortBy sorts a list, and this is ${typeText(range)}`, over.start);
  const element = range.is === 'list' ? range.of : range.is === 'map' ? range.key : dyn;
  const scope = new Map(variables).set(variable, element);
  if (where) mustBe(typeOf(where, scope), where);
  const type = typeOf(body, scope);
  if (form === 'map') return list(type);
  if (form === 'sortBy') return list(element);
  mustBe(type, body);
  return form === 'filter' ? list(element) : bool;
}
