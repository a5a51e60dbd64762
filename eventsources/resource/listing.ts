import type { Memory } from './memory.ts';
import type { ChangeType } from './spec.ts';

interface Names {
  readonly namespace?: string;
  readonly name: string;
}

/** What there is to know of a list while its parts come in. */
export class Listing {
  /** The ids in it. */
  readonly present = new Set<string>();
  readonly sent: Record<ChangeType, number>;
  /** Which of them were sent as ADD, where that is asked for each. */
  readonly added: Set<string>;
  readonly since: number;
  readonly #memory: Memory;
  #byName: Map<string, string[]> | undefined;

  /** `broken` is a list that came to no end, and in whose place this one is. What it has sent was sent. */
  constructor(memory: Memory, since: number, broken: Listing | undefined) {
    this.#memory = memory;
    this.since = broken?.since ?? since;
    this.sent = broken?.sent ?? { ADD: 0, UPDATE: 0, DELETE: 0 };
    this.added = broken?.added ?? new Set();
  }

  /**
   * What is remembered under the name of an object that is not. Each of them is gone, since there is one object of a name at a time.
   */
  predecessors({ namespace = '', name }: Names): readonly string[] {
    this.#byName ??= this.#names();
    return this.#byName.get(`${namespace}/${name}`) ?? [];
  }

  /** Made when it is first asked for: most starts meet nothing unknown. */
  #names(): Map<string, string[]> {
    const byName = new Map<string, string[]>();
    for (const [id, { namespace, name }] of this.#memory.all()) {
      const key = `${namespace}/${name}`;
      const before = byName.get(key);
      if (before) before.push(id);
      else byName.set(key, [id]);
    }
    return byName;
  }
}
