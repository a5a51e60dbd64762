import { refuse } from '../refuse.ts';
import { dotted, type LoopForm, type Node, type Shape } from './tree.ts';

const loops: Readonly<Record<string, LoopForm>> = {
  all: 'all',
  exists: 'exists',
  exists_one: 'exists_one',
  existsOne: 'exists_one',
  map: 'map',
  filter: 'filter',
  sortBy: 'sortBy',
};

const ofMany = new Set(['math.greatest', 'math.least', 'math.bitAnd', 'math.bitOr', 'math.bitXor']);

/** What looks like a call and is a form of the language; undefined for a call. Throws CONFIG_CEL. */
export function macro(name: string, target: Node | undefined, args: readonly Node[]): Shape | undefined {
  if (!target) return name === 'has' && args.length === 1 ? has(args[0]!) : undefined;
  const form = Object.hasOwn(loops, name) ? loops[name] : undefined;
  if (form && (args.length === 2 || (form === 'map' && args.length === 3))) return loop(form, target, args);
  return numeric(`${dotted(target)}.${name}`, target, args);
}

function has(arg: Node): Shape {
  if (arg.is !== 'select') throw refuse('has(…) takes a field, as in has(body.action)', arg.start);
  return { is: 'has', object: arg.object, field: arg.field };
}

function loop(form: LoopForm, over: Node, args: readonly Node[]): Shape {
  const [variable, ...rest] = args as [Node, ...Node[]];
  if (variable.is !== 'name') throw refuse('the first argument is the name that an element gets, such as x', variable.start);
  const body = rest.at(-1)!;
  return { is: 'loop', form, over, variable: variable.name, where: rest.length === 2 ? rest[0] : undefined, body };
}

/** The functions of `math` that take any number of arguments: more than two are a list. */
function numeric(name: string, target: Node, args: readonly Node[]): Shape | undefined {
  if (!ofMany.has(name)) return undefined;
  if (args.length === 0) throw refuse(`${name}() needs at least one argument`, target.start);
  const wrong = args.find((arg) => (arg.is === 'literal' && !isNumber(arg)) || arg.is === 'map' || (arg.is === 'list' && args.length > 1));
  if (wrong) throw refuse(`${name}() takes numbers`, wrong.start);
  const items = { is: 'list', items: args, start: target.start, end: args.at(-1)!.end, place: target.start } as const;
  return { is: 'call', name, target: undefined, args: args.length > 2 ? [items] : args };
}

const isNumber = ({ is, ...node }: Node): boolean =>
  is === 'literal' && 'value' in node && node.value !== null && !['string', 'boolean'].includes(typeof node.value);
