import type { Regexes } from '../../go/regexp.ts';
import type { Run } from '../functions/function.ts';
import { Budget, type CelLimits } from '../limits.ts';
import type { CelResult } from '../values/fault.ts';
import type { CelObject, CelValue } from '../values/value.ts';

/** One evaluation of a program. */
export class Frame extends Budget implements Run {
  readonly input: CelObject;
  readonly host: unknown;
  readonly regexes: Regexes;
  /** The elements at which the loops around are. */
  readonly locals: CelValue[] = [];

  constructor(input: CelObject, { host, regexes, limits }: { host: unknown; regexes: Regexes; limits: CelLimits }) {
    super(limits);
    this.input = input;
    this.host = host;
    this.regexes = regexes;
  }
}

/** A part of a program, ready to run. Throws only EngineError EVENT_LIMIT. */
export type Code = (frame: Frame) => CelResult;
