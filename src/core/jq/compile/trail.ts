import type { Json } from '../../json/json.ts';
import { Raised } from '../run/raised.ts';
import type { Run } from '../run/run.ts';
import { describe } from '../values/preview.ts';

/** How far a path expression has come: the keys so far, newest first, and the value they lead to. */
export class Trail {
  readonly up: Trail | undefined;
  readonly key: Json;
  readonly value: Json;

  constructor(up: Trail | undefined, key: Json, value: Json) {
    this.up = up;
    this.key = key;
    this.value = value;
  }

  /** Refuses to go on from a value that is not the one the path leads to, as in `path(1 | .a)`. */
  check(value: Json, doing = 'invalid path against'): void {
    if (value !== this.value && !(Number.isNaN(value) && Number.isNaN(this.value))) {
      throw new Raised(() => `${doing}: ${describe(value)}`);
    }
  }

  /** The path as `path` gives it. */
  keys(run: Run): Json[] {
    const keys: Json[] = [];
    for (let here: Trail = this; here.up; here = here.up) keys.push(here.key);
    run.tick(keys.length + 1);
    run.growCells(keys.length + 4);
    return keys.reverse();
  }
}
