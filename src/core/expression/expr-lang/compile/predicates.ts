import { GoError } from '../../../go/function.ts';
import { type GoValue, int, isList } from '../../../go/values.ts';
import type { Builtin } from '../ast.ts';
import { asBool, type Code, type Frame, type Scope as Loop } from '../frame.ts';
import { itemsOf } from '../values/access.ts';
import { AnyMap } from '../values/any-map.ts';
import { compile } from './compile.ts';
import type { Scope } from './scope.ts';
import { sizeOf } from './size.ts';

/** A function with a predicate at work on one array. */
interface Work {
  readonly frame: Frame;
  readonly loop: Loop;
  /** The predicate for the element where the loop stands. */
  readonly predicate: () => GoValue;
  /** The same, as a boolean. */
  readonly holds: () => boolean;
  /** What that element becomes when it is found: itself, or what `map` makes of it. */
  readonly element: () => GoValue;
  /** What `reduce` starts with. */
  readonly initial: Code | undefined;
}

export function compilePredicate({ name, args, map, throws, at }: Builtin, scope: Scope): Code {
  const collection = compile(args[0]!, scope);
  const predicate = compile(args[1]!, scope);
  const place = args[1]!.at;
  const initial = args[2] && compile(args[2], scope);
  const mapped = map && compile(map, scope);
  const cost = sizeOf(args[1]!) + (map ? sizeOf(map) : 0);
  const work = works[name]!;
  return (frame) => {
    const value = collection(frame);
    frame.at = at;
    const loop: Loop = { items: itemsOf(value), index: 0, acc: null };
    const outer = frame.scope;
    frame.scope = loop;
    const result = work({
      frame,
      loop,
      initial,
      predicate() {
        frame.run.steps(cost);
        return predicate(frame);
      },
      holds() {
        frame.run.steps(cost);
        const answer = predicate(frame);
        if (typeof answer === 'boolean') return answer;
        frame.at = place;
        return asBool(answer);
      },
      element: () => (mapped ? mapped(frame) : (loop.items[loop.index] ?? null)),
    });
    frame.at = at;
    if (result === undefined && throws) throw new GoError('reflect: slice index out of range');
    frame.scope = outer;
    return result ?? null;
  };
}

const works: Readonly<Record<string, (work: Work) => GoValue>> = {
  all: (work) => !stepTo(work, () => !work.holds()),
  none: (work) => !stepTo(work, work.holds),
  any: (work) => stepTo(work, work.holds),
  one: (work) => count(work) === 1,
  count: (work) => int(count(work)),
  filter: (work) => collected(work, (push) => work.holds() && push(work.element())),
  map: (work) => collected(work, (push) => push(work.predicate())),
  find: (work) => (stepTo(work, work.holds) ? work.element() : undefined),
  findLast: (work) => (stepBackTo(work, work.holds) ? work.element() : undefined),
  findIndex: (work) => (stepTo(work, work.holds) ? int(work.loop.index) : undefined),
  findLastIndex: (work) => (stepBackTo(work, work.holds) ? int(work.loop.index) : undefined),
  groupBy,
  reduce,
};

/** Whether the loop has come to an element for which it stops; it stands there then. */
function stepTo({ loop }: Work, stops: () => boolean): boolean {
  for (; loop.index < loop.items.length; loop.index++) if (stops()) return true;
  return false;
}

function stepBackTo({ loop }: Work, stops: () => boolean): boolean {
  for (loop.index = loop.items.length - 1; loop.index >= 0; loop.index--) if (stops()) return true;
  return false;
}

function count(work: Work): number {
  let found = 0;
  stepTo(work, () => {
    if (work.holds()) found += 1;
    return false;
  });
  return found;
}

function collected(work: Work, look: (push: (value: GoValue) => void) => unknown): GoValue {
  const found: GoValue[] = [];
  const push = (value: GoValue): void => {
    work.frame.run.bytes(16);
    found.push(value);
  };
  stepTo(work, () => {
    look(push);
    return false;
  });
  return found;
}

function groupBy(work: Work): GoValue {
  const groups = new AnyMap('[]interface {}');
  stepTo(work, () => {
    const key = work.predicate();
    work.frame.run.bytes(64);
    const group = groups.get(key);
    const item = work.loop.items[work.loop.index] ?? null;
    if (isList(group)) group.push(item);
    else groups.set(key, [item]);
    return false;
  });
  return groups;
}

function reduce(work: Work): GoValue {
  const { frame, loop, initial } = work;
  if (initial) loop.acc = initial(frame);
  else if (loop.items.length === 0) throw new GoError('reflect: slice index out of range');
  else loop.acc = loop.items[loop.index++] ?? null;
  stepTo(work, () => {
    loop.acc = work.predicate();
    return false;
  });
  return loop.acc;
}
