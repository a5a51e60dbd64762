import { CelFault, CelPending, type CelResult } from '../values/fault.ts';
import { kindOf } from '../values/value.ts';
import type { Code } from './frame.ts';

/** `&&`: false when one side is false, whatever becomes of the other. */
export const both =
  (left: Code, right: Code, place: number): Code =>
  (frame) => {
    const first = left(frame);
    if (first === false) return false;
    const second = right(frame);
    if (second === false) return false;
    return first === true && second === true ? true : undecided(first, second, place);
  };

/** `||`: true when one side is true, whatever becomes of the other. */
export const either =
  (left: Code, right: Code, place: number): Code =>
  (frame) => {
    const first = left(frame);
    if (first === true) return true;
    const second = right(frame);
    if (second === true) return true;
    return first === false && second === false ? false : undecided(first, second, place);
  };

/** What is not known yet may still decide, so it counts before what failed. */
function undecided(first: CelResult, second: CelResult, place: number): CelFault {
  if (second instanceof CelPending && !(first instanceof CelPending)) return second;
  for (const side of [first, second]) {
    if (side instanceof CelFault) return side;
    if (typeof side !== 'boolean') return notBoolean(side, place);
  }
  throw new TypeError('two booleans decide');
}

/** `condition ? yes : no`: the other side is never evaluated. */
export const choice =
  (condition: Code, yes: Code, no: Code, place: number): Code =>
  (frame) => {
    const is = condition(frame);
    if (is === true) return yes(frame);
    if (is === false) return no(frame);
    return is instanceof CelFault ? is : notBoolean(is, place);
  };

export const notBoolean = (value: Exclude<CelResult, CelFault>, place: number): CelFault =>
  new CelFault(`this is ${kindOf(value)}, and true or false is wanted`, place);
