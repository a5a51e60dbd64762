import type { Json } from '../../json/json.ts';
import type { Run } from '../run/run.ts';

/** A built-in that makes one value of its input and the values of its arguments (null where it has fewer). It changes none of them. */
export type Native = (run: Run, input: Json, first: Json, second: Json, third: Json) => Json;

/** A family of built-ins, by `name/arity`. */
export type Natives = Readonly<Record<string, Native>>;
