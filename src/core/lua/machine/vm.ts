import type { Clock } from '../../time/clock.ts';
import type { Globals } from '../library/index.ts';
import type { Random } from '../library/random.ts';
import type { Meter } from '../limits.ts';
import type { Modules } from './types.ts';

/** fengari, once it is loaded: see `load.ts`. */
interface Vm extends Modules {
  /** These three are of the run that is under way: runs never lie inside each other. */
  meter: Meter;
  clock: Clock;
  random: Random;
  /** Shared by all scripts; made before the first run, and after one that changed a library. */
  globals: Globals | undefined;
  /** The parser is at work, which keeps its constants in tables. */
  compiling: boolean;
}

/** Empty until `loadVm` has been called, which `compileLua` does first. */
export const vm = {} as Vm;

/** What an error costs beyond its instructions, since it is thrown and caught in JavaScript. */
export const errorSteps = 200;
