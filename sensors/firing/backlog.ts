import { isFull, type Queue } from '../../eventbus/bus.ts';
import type { Gate } from './gate.ts';
import type { Hold } from './hold.ts';
import type { LaneContext } from './lane-context.ts';
import { persist } from './persist.ts';
import { decodeWaiting, encodeWaiting, lineOf, type Waiting } from './queue-body.ts';
import type { Line, Work } from './work.ts';

const remembered = 10_000;

type BacklogContext = Pick<LaneContext, 'clock' | 'tell' | 'over' | 'handOver'>;

/**
 * The durable queue of a sensor's firings, as its owner sees it: who waits in it, and what has just left it.
 *
 * A firing's deliveries are released as soon as it is stored. Firings with one order key are stored one after another, each when
 * the event before it is acknowledged: so the queue never holds a later one while an earlier one might come again.
 *
 * Where somebody else works the queue, what is stored is his, and is forgotten here.
 */
export class Backlog {
  readonly #queue: Queue;
  readonly #gate: Gate;
  readonly #context: BacklogContext;
  readonly #byId = new Map<string, Work>();
  readonly #left = new Set<string>();
  #storing = 0;

  constructor(queue: Queue, gate: Gate, context: BacklogContext) {
    this.#queue = queue;
    this.#gate = gate;
    this.#context = context;
  }

  /** True while something is being stored. */
  get storing(): boolean {
    return this.#storing > 0;
  }

  /** Firings that wait in it. */
  get size(): number {
    return this.#byId.size;
  }

  /** The firing of this id that waits already, in the queue or on its way into it. */
  find(id: string): Work | undefined {
    return this.#byId.size === 0 ? undefined : this.#byId.get(id);
  }

  /** True if it was in the queue and has been settled since. */
  hasLeft(id: string): boolean {
    return this.#left.has(id);
  }

  /** Takes over an entry that a predecessor has stored. */
  adopt(work: Work): void {
    this.#byId.set(work.id, work);
  }

  /** Resolves when it is stored, or is known to be impossible to store (too large). Harmless when called again. */
  keep(work: Work): Promise<void> {
    if (work.unstorable || work.place === 'queue') return Promise.resolve();
    work.stored ??= this.#store(work);
    return work.stored;
  }

  /** Keeps it, after those before it in its line; and those behind it too. Harmless when its event is acknowledged already. */
  keepInOrder(work: Work): Promise<void> {
    if (work.holds.length === 0) return Promise.resolve();
    return work.line ? this.keepLine(work.line) : this.keep(work);
  }

  /** Keeps all firings of a line, and those that join it meanwhile. */
  async keepLine(line: Line): Promise<void> {
    if (line.keeping) return;
    line.keeping = true;
    for (;;) {
      const next = line.works.find((work) => work.place !== 'queue' && work.state !== 'ending' && work.holds.length > 0);
      if (!next || next.unstorable) break;
      await this.keep(next);
    }
    line.keeping = false;
  }

  /** The firing again, from the queue; undefined if the entry is gone. Throws when it cannot be read. */
  async recall(work: Work): Promise<Waiting | undefined> {
    const body = await persist(() => this.#queue.read(work.entry!), this.#context);
    return body && decodeWaiting(body);
  }

  /** Resolves when it is in the queue no more. */
  async remove(work: Work): Promise<void> {
    if (work.place === 'storing' && !work.isRefused) await work.stored;
    if (work.entry !== undefined) {
      const { entry } = work;
      await persist(() => this.#queue.remove(entry), this.#context);
      work.entry = undefined;
      this.#left.add(work.id);
      if (this.#left.size > remembered) this.#left.delete(this.#left.keys().next().value!);
    }
    this.#forget(work);
  }

  async #store(work: Work): Promise<void> {
    this.#gate.leave(work);
    await this.#acknowledged(work.after);
    // Settled meanwhile.
    if (work.state === 'ending' || work.holds.length === 0) return;
    this.#byId.set(work.id, work);
    work.place = 'storing';
    this.#storing += 1;
    try {
      await this.#put(work);
    } catch {
      work.unstorable = true;
      this.#drop(work);
    } finally {
      this.#storing -= 1;
    }
  }

  /** It is not in the queue. */
  #drop(work: Work): void {
    work.place = 'delivery';
    work.stored = undefined;
    this.#forget(work);
  }

  #forget(work: Work): void {
    if (this.#byId.get(work.id) === work) this.#byId.delete(work.id);
  }

  /** Resolves when the event is acknowledged, and asks its firings to make that possible: whatever is not done yet is queued. */
  async #acknowledged(event: Hold | undefined): Promise<void> {
    if (!event || event.settled) return;
    for (const work of event.works) void this.keepInOrder(work);
    await new Promise<void>((resolve) => event.onSettled(resolve));
  }

  async #put(work: Work): Promise<void> {
    const { firing, ...rest } = work.waiting!;
    const body = encodeWaiting({ firing, ...rest, attempts: work.tried, pause: work.pause });
    const key = lineOf(firing.trigger, firing.orderKey);
    const stored = await persist(async () => {
      if (work.isRefused && isSafeWithout(work)) return undefined;
      work.isRefused = false;
      try {
        return await this.#queue.put(body, { id: work.id, key });
      } catch (thrown) {
        // It is not there either: what an earlier try may have written without an answer is looked for before it is refused.
        work.isRefused = isFull(thrown);
        if (work.isRefused && mayDoWithout(work)) return undefined;
        throw thrown;
      }
    }, this.#context);
    if (!stored) {
      work.isLookedUp = true;
      return this.#drop(work);
    }
    work.entry = stored.sequence;
    work.place = 'queue';
    for (const hold of work.holds) hold.release();
    work.holds = [];
    if (work.state === 'waiting' || work.state === 'pausing') work.waiting = undefined;
    if (this.#context.handOver) {
      this.#forget(work);
      this.#context.handOver();
    }
    this.#context.tell.firingQueued({ sensor: firing.sensor, trigger: firing.trigger, firing: work.id });
  }
}

/** It is settled, or its event is acknowledged already because it may be done at most once. */
const isSafeWithout = (work: Work): boolean => work.state === 'ending' || work.holds.length === 0;

/**
 * A queue that is full gets room only when something is settled. So what is safe already does not wait for it, nor does what only had to
 * know whether it waits there already, once it is its turn.
 */
const mayDoWithout = (work: Work): boolean =>
  isSafeWithout(work) || (work.redelivered && !work.isLookedUp && (work.line?.works[0] ?? work) === work);
