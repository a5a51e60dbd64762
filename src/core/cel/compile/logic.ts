import { CelFault, CelPending, type CelResult } from '../values/fault.ts';
import { kindOf } from '../values/value.ts';
import type { Code } from './frame.ts';

/** `&&` of all of them: false when one is false, whatever becomes of the others. */
export const all = (terms: readonly Code[], place: number): Code => decided(terms, false, place);

/** `||` of all of them: true when one is true, whatever becomes of the others. */
export const any = (terms: readonly Code[], place: number): Code => decided(terms, true, place);

/** What is not known yet may still decide, so it counts before what failed. */
const decided =
  (terms: readonly Code[], by: boolean, place: number): Code =>
  (frame) => {
    let kept: CelFault | undefined;
    for (const term of terms) {
      const is = term(frame);
      if (is === by) return by;
      if (is === !by) continue;
      const failed = is instanceof CelFault ? is : notBoolean(is, place);
      if (!kept || (failed instanceof CelPending && !(kept instanceof CelPending))) kept = failed;
    }
    return kept ?? !by;
  };

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
