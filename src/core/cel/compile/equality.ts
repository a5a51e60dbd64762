import type { Node } from '../syntax/tree.ts';
import { equal } from '../values/compare.ts';
import { CelFault } from '../values/fault.ts';
import type { Code } from './frame.ts';

/** `==` and `!=`. Most filters compare a field with a text, which needs no look at types. */
export function equality(isEqual: boolean, [left, right]: readonly [Node, Node], compile: (node: Node) => Code): Code {
  const first = compile(left);
  if (right.is === 'literal' && typeof right.value === 'string') {
    const text = right.value;
    return (frame) => {
      const value = first(frame);
      if (value instanceof CelFault) return value;
      return (value === text) === isEqual;
    };
  }
  const second = compile(right);
  return (frame) => {
    const value = first(frame);
    if (value instanceof CelFault) return value;
    const other = second(frame);
    if (other instanceof CelFault) return other;
    return equal(value, other, frame) === isEqual;
  };
}
