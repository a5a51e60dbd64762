import type { GoFunction } from '../../../go/function.ts';

/** What names mean at a place of the text. */
export class Scope {
  readonly #variables: ReadonlyMap<string, number>;
  /** Functions of the environment, by name; those of `sprig` as `sprig.trim`. */
  readonly functions: ReadonlyMap<string, GoFunction>;
  readonly #counter: { next: number };

  constructor(functions: ReadonlyMap<string, GoFunction>, variables: ReadonlyMap<string, number> = new Map(), counter = { next: 0 }) {
    this.functions = functions;
    this.#variables = variables;
    this.#counter = counter;
  }

  /** The place of a `let` variable; undefined when the name is none. */
  variable(name: string): number | undefined {
    return this.#variables.get(name);
  }

  declare(name: string): { index: number; inner: Scope } {
    const index = this.#counter.next++;
    return { index, inner: new Scope(this.functions, new Map([...this.#variables, [name, index]]), this.#counter) };
  }
}
