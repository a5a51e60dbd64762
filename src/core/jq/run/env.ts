import type { Json } from '../../json/json.ts';
import type { Code } from '../compile/code.ts';
import type { Run } from './run.ts';

/**
 * Variables, filter parameters and labels, as a list that only ever grows at its head. The compiler knows how many steps up each name
 * is. Because an entry never changes, a filter may be run again while an earlier run of it is still waiting.
 */
export class Env {
  readonly run: Run;
  readonly up: Env | undefined;
  readonly value: Json | Closure | Label;

  constructor(run: Run, up: Env | undefined, value: Json | Closure | Label) {
    this.run = run;
    this.up = up;
    this.value = value;
  }
}

/** A filter given as an argument, with the variables of the place where it was written. */
export class Closure {
  readonly code: Code;
  readonly env: Env;

  constructor(code: Code, env: Env) {
    this.code = code;
    this.env = env;
  }
}

/** One activation of a `label`. */
export class Label {
  readonly kind = 'label';
}
