import type { Node, NodeOf } from '../syntax/tree.ts';
import { isMap } from '../values/compare.ts';
import { CelFault, CelPending, type CelResult } from '../values/fault.ts';
import { keysOf } from '../values/maps.ts';
import { sorted } from '../values/sort.ts';
import { type CelValue, kindOf, plain } from '../values/value.ts';
import type { Code, Frame } from './frame.ts';
import { notBoolean } from './logic.ts';

/** A form that goes over the elements of a list or the keys of a map; `inside` compiles what sees its variable, which is `locals[slot]`. */
export function loop(node: NodeOf<'loop'>, over: Code, slot: number, inside: (part: Node) => Code): Code {
  const body = inside(node.body);
  const where = node.where && inside(node.where);
  const run = forms[node.form]({ body, where, place: node.place });
  return (frame) => {
    const range = over(frame);
    if (range instanceof CelFault) return range;
    const items = Array.isArray(range) ? range : isMap(range) ? keysOf(range) : undefined;
    if (!items) return new CelFault(`${node.form} goes over a list or the keys of a map, and this is ${kindOf(range)}`, node.place);
    return run(items, frame, (item) => {
      frame.steps(1);
      frame.locals[slot] = plain(item);
    });
  };
}

interface Parts {
  readonly body: Code;
  readonly where: Code | undefined;
  readonly place: number;
}

/** `enter` makes an item the one that the body sees. */
type Form = (parts: Parts) => (items: readonly CelValue[], frame: Frame, enter: (item: CelValue) => void) => CelResult;

/** `all` ends with the first false, `exists` with the first true; until then what failed is kept, and counts when nothing decides. */
const until =
  (end: boolean): Form =>
  ({ body, place }) =>
  (items, frame, enter) => {
    let kept: CelFault | undefined;
    for (const item of items) {
      enter(item);
      const is = body(frame);
      if (is === end) return end;
      if (is === !end) continue;
      const failed = is instanceof CelFault ? is : notBoolean(is, place);
      if (!kept || (failed instanceof CelPending && !(kept instanceof CelPending))) kept = failed;
    }
    return kept ?? !end;
  };

const filter: Form =
  ({ body, place }) =>
  (items, frame, enter) => {
    const kept: CelValue[] = [];
    for (const item of items) {
      enter(item);
      const is = body(frame);
      if (typeof is !== 'boolean') return is instanceof CelFault ? is : notBoolean(is, place);
      if (!is) continue;
      frame.bytes(16);
      kept.push(item);
    }
    return kept;
  };

const forms: Readonly<Record<NodeOf<'loop'>['form'], Form>> = {
  all: until(false),
  exists: until(true),
  filter,
  exists_one: (parts) => (items, frame, enter) => {
    const kept = filter(parts)(items, frame, enter);
    return Array.isArray(kept) ? kept.length === 1 : kept;
  },
  map:
    ({ body, where, place }) =>
    (items, frame, enter) => {
      const made: CelValue[] = [];
      for (const item of items) {
        enter(item);
        const is = where ? where(frame) : true;
        if (typeof is !== 'boolean') return is instanceof CelFault ? is : notBoolean(is, place);
        if (!is) continue;
        const value = body(frame);
        if (value instanceof CelFault) return value;
        frame.bytes(16);
        made.push(value);
      }
      return made;
    },
  sortBy:
    ({ body, place }) =>
    (items, frame, enter) => {
      const keys: CelValue[] = [];
      for (const item of items) {
        enter(item);
        const key = body(frame);
        if (key instanceof CelFault) return key;
        keys.push(key);
      }
      const result = sorted(items.map(plain), keys, frame);
      return result instanceof CelFault ? new CelFault(result.problem, place) : result;
    },
};
