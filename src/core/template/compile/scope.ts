import type { GoFunction } from '../../go/function.ts';
import type { Statement } from './code.ts';

/** What all parts of one template share while it is compiled. */
export interface Shared {
  readonly functions: ReadonlyMap<string, GoFunction>;
  /** Why functions that exist elsewhere do not exist here. */
  readonly refused: ReadonlyMap<string, string>;
  /** Templates by name; filled while they are compiled, so that they may call each other. */
  readonly templates: Map<string, { body: Statement }>;
  /** Set when a function is called that changes what it is given. */
  changesInput: boolean;
}

/** Where the variables of one template live: each declaration has a place of its own. */
export class Scope {
  readonly shared: Shared;
  #places = 1;
  #visible: { readonly name: string; readonly place: number }[] = [{ name: '$', place: 0 }];

  constructor(shared: Shared) {
    this.shared = shared;
  }

  declare(name: string): number {
    const place = this.#places++;
    this.#visible.push({ name, place });
    return place;
  }

  /** The place of the latest declaration that is visible; undefined when a variable is used while it is declared. */
  find(name: string): number | undefined {
    return this.#visible.findLast((one) => one.name === name)?.place;
  }

  /** What is declared meanwhile is forgotten afterwards. */
  inside<T>(compile: () => T): T {
    const visible = this.#visible.length;
    const result = compile();
    this.#visible.length = visible;
    return result;
  }
}
