import type { Hold } from './hold.ts';
import type { Line, Work } from './work.ts';

/**
 * One at a time for each order key of a trigger, in the order in which they came.
 *
 * The events of a line are acknowledged in that order too, whichever other triggers they concern: then what a crash brings back
 * is always the end of the line, and repeating it ends where it ended before.
 */
export class Order {
  readonly #lines = new Map<string, Line>();

  /** The line that a firing with this key joins. */
  line(key: string | undefined): Line | undefined {
    if (key === undefined) return undefined;
    let line = this.#lines.get(key);
    if (!line) {
      line = { key, works: [], last: undefined, keeping: false };
      this.#lines.set(key, line);
    }
    return line;
  }

  /** True if nothing is before it. A firing from the queue has no hold. */
  join(work: Work, hold?: Hold): boolean {
    const { line } = work;
    if (!line) return true;
    if (hold) work.after = this.#follow(line, hold);
    line.works.push(work);
    return line.works.length === 1;
  }

  /** An event whose firing need not be worked any more still has its place in the line. */
  pass(key: string | undefined, hold: Hold): void {
    const line = this.line(key);
    if (!line) return;
    this.#follow(line, hold);
    hold.onSettled(() => this.#tidy(line));
  }

  /** The first one of a line is settled; answers with the next. */
  leave({ line }: Work): Work | undefined {
    if (!line) return undefined;
    line.works.shift();
    if (!this.#tidy(line)) line.last?.onSettled(() => this.#tidy(line));
    return line.works[0];
  }

  /** The lines in which somebody waits. */
  *queues(): Generator<Line> {
    for (const line of this.#lines.values()) if (line.works.length > 1) yield line;
  }

  /** Lets an event be acknowledged only after the one before it; answers with that, if it is not acknowledged yet. */
  #follow(line: Line, hold: Hold): Hold | undefined {
    const before = line.last;
    line.last = hold;
    if (!before || before.settled || before === hold) return undefined;
    hold.retain();
    before.onSettled(() => hold.release());
    return before;
  }

  /** Forgets a line that has nobody in it, and no event that the next one would have to come after. */
  #tidy(line: Line): boolean {
    if (line.works.length > 0) return true;
    if (line.last && !line.last.settled) return false;
    if (this.#lines.get(line.key) === line) this.#lines.delete(line.key);
    return true;
  }
}
