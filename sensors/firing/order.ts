import type { Line, Work } from './work.ts';

/** One at a time for each order key of a trigger, in the order in which they came. */
export class Order {
  readonly #lines = new Map<string, Line>();

  /** The line that a firing with this key joins. */
  line(key: string | undefined): Line | undefined {
    if (key === undefined) return undefined;
    let line = this.#lines.get(key);
    if (!line) {
      line = { key, works: [], keeping: false };
      this.#lines.set(key, line);
    }
    return line;
  }

  /** True if nothing is before it. */
  join(work: Work): boolean {
    if (!work.line) return true;
    work.line.works.push(work);
    return work.line.works.length === 1;
  }

  /** The first one of a line is settled; answers with the next. */
  leave({ line }: Work): Work | undefined {
    if (!line) return undefined;
    line.works.shift();
    if (line.works.length === 0) this.#lines.delete(line.key);
    return line.works[0];
  }

  /** The lines in which somebody waits. */
  *queues(): Generator<Line> {
    for (const line of this.#lines.values()) if (line.works.length > 1) yield line;
  }
}
