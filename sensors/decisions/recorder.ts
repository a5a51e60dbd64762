/**
 * Gathers a sensor's decisions while it runs, and hands them to a notebook.
 *
 * It is told what dependencies said and what triggers are about to do (`watched.ts`), and hears what the sensor tells. It must cost nothing:
 * it keeps the objects that are there anyway, makes text of them only when that is written, and of a flood it looks at so much a while;
 * what has failed is never left out of a record for that. A record that is lost harms nobody, and is counted.
 */
import type { Event } from '../../src/core/event/event.ts';
import type { Hears, TellFields } from '../../src/core/telemetry/tell.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import type { Action, CompiledDependency, Verdict } from '../compiled.ts';
import type { Firing } from '../triggers/trigger.ts';
import { type Attempt, failureOf } from './decision.ts';
import { type Open, type OpenFate, Ring } from './ring.ts';
import { mostBytes } from './written.ts';

/** How long a while is, in milliseconds, and how many verdicts and firings are looked at in one: so many for each record that is kept. */
const aWhile = 500;
const perRecord = 2;
const atLeast = 100;
/** Where many sensors share the process, each looks at so many all the same. */
const fewest = 8;
/** The newest attempts of a firing are kept. */
const mostAttempts = 10;
/** Of a rule with a thousand filters, so many that refused an event are kept; those that let it pass or failed are, all of them. */
const mostRefusals = 100;

export interface RecorderContext {
  readonly clock: Clock;
  /** The places for decisions in the store, in the order in which they are used. */
  readonly places: readonly number[];
  /** How many share the process's time with it, itself among them. */
  sharers(): number;
  /** Asks that a record is written soon, again. */
  changed(open: Open): void;
  /** Told after a while in which events came that leave no record. */
  passedOver(count: number): void;
}

export class Recorder {
  readonly #context: RecorderContext;
  readonly #ring: Ring;
  readonly #firings = new Map<string, OpenFate>();
  #lastAt = 0;
  #passed = 0;
  #told = 0;
  #lastPassed: string | undefined;
  /** Dependencies speak of one event after another: of this one no more refusals are heard. */
  #enough: Event | undefined;
  /** Undefined between whiles. */
  #left: number | undefined;

  constructor(context: RecorderContext) {
    this.#context = context;
    this.#ring = new Ring(context.places, (gone) => this.#forget(gone));
  }

  /** Events that came when too many did, and leave no record. */
  get passed(): number {
    return this.#passed;
  }

  /** What a dependency said of an event. */
  judged({ name }: CompiledDependency, event: Event, verdict: Verdict): void {
    const isRefusal = !verdict.admitted && !verdict.error;
    if (isRefusal && event === this.#enough) return;
    const known = this.#ring.find(event.id);
    if (!known && !this.#mayTake()) {
      this.#passOver(event);
      return;
    }
    const open = known ?? this.#add(verdict.admitted ? 'taken' : 'refused', event);
    if (isRefusal && open.judged.size >= mostRefusals && !open.judged.has(name)) {
      this.#enough = event;
      open.refusalsLeftOut = true;
    } else open.judged.set(name, open.event || verdict.admitted ? verdict : withoutEvent(verdict));
    if (verdict.admitted && known) this.#ring.move('taken', known);
    this.#context.changed(open);
  }

  /** A trigger is about to try a firing. Undefined when nobody needs to know. */
  begins(firing: Firing, attempt: number): OpenFate | undefined {
    if (attempt === 1 && !this.#mayTake()) {
      for (const { id } of firing.events.values()) this.#passOverFiring(id);
      return undefined;
    }
    const known = this.#firings.get(firing.id);
    if (known) return known;
    const opens = [...firing.events.values()].flatMap(({ id }) => this.#ring.find(id) ?? []);
    const of = opens.length > 0 ? opens : [...firing.events.values()].map((event) => this.#add('taken', event));
    const fate: OpenFate = {
      trigger: firing.trigger,
      kind: 'firing',
      firing: firing.id,
      attempts: [],
      of,
      ...(firing.events.size > 1 ? { dependencies: firing.events } : {}),
    };
    this.#firings.set(firing.id, fate);
    for (const open of of) {
      if (open.fates.get(firing.trigger)?.kind === 'waits') open.fates.delete(firing.trigger);
      open.fates.set(firing.id, fate);
    }
    this.#changed(fate);
    return fate;
  }

  /** What a firing would do. */
  prepared(fate: OpenFate, { summary, rendered }: Action): void {
    fate.summary = summary;
    fate.rendered = rendered;
  }

  /** What is heard of what the sensor tells. */
  readonly hears: Hears = {
    eventHeld: ({ event, trigger, key, missing }) =>
      this.#fate(event, trigger, { kind: 'waits', missing: missing as string[], ...(key === undefined ? {} : { key: String(key) }) }),
    eventAlone: ({ event, trigger, because }) => this.#fate(event, trigger, { kind: 'alone', because: String(because) }),
    joinReset: (fields) => this.#forgotten(fields, 'reset'),
    joinExpired: (fields) => this.#forgotten(fields, 'expired'),
    eventUnusable: ({ event, dependency, error }) => this.#unusable(event, dependency, error),
    firingQueued: ({ firing }) => {
      const fate = this.#firings.get(String(firing));
      if (!fate) return;
      fate.queued = true;
      this.#changed(fate);
    },
    triggerFired: ({ firing, took, summary }) => {
      const fate = this.#firings.get(firing as string);
      if (!fate) return;
      fate.kind = 'fired';
      this.#answered(fate, { took: took as number, answer: summary as string });
    },
    attemptFailed: (fields) => this.#failed(fields),
    attemptFailedAgain: (fields) => this.#failed(fields),
    firingHandedOver: (fields) => this.#givenUp(fields, 'handed over'),
    firingParked: (fields) => this.#givenUp(fields, 'parked'),
  };

  /** Of a firing that has failed; one that was passed over is noted now, where its event is known. */
  #fateOf({ firing, trigger, event }: TellFields): OpenFate | undefined {
    const known = this.#firings.get(String(firing));
    const open = known ? undefined : this.#ring.find(String(event));
    if (!open) return known;
    const fate: OpenFate = { trigger: String(trigger), kind: 'firing', firing: String(firing), attempts: [], of: [open] };
    this.#firings.set(String(firing), fate);
    open.fates.set(String(firing), fate);
    return fate;
  }

  #givenUp(fields: TellFields, kind: 'handed over' | 'parked'): void {
    const { error, to } = fields;
    const fate = this.#fateOf(fields);
    if (!fate) return;
    fate.kind = kind;
    if (to !== undefined) fate.because = String(to);
    if (fate.attempts?.at(-1)?.error?.message !== failureOf(error).message) this.#answered(fate, { error: failureOf(error) });
    this.#changed(fate);
  }

  #failed(fields: TellFields): void {
    const fate = this.#fateOf(fields);
    if (!fate) return;
    this.#answered(fate, { error: failureOf(fields['error']) });
    for (const open of fate.of) if (this.#ring.has(open)) this.#ring.move('failed', open);
  }

  #answered(fate: OpenFate, attempt: Omit<Attempt, 'at'>): void {
    const attempts = fate.attempts!;
    attempts.push({ at: this.#context.clock.now(), ...attempt });
    if (attempts.length > mostAttempts) attempts.shift();
    this.#changed(fate);
  }

  #fate(event: unknown, trigger: unknown, what: Omit<OpenFate, 'trigger' | 'of'>): void {
    const open = this.#ring.find(String(event));
    if (!open) return;
    open.fates.set(String(trigger), { trigger: String(trigger), of: [open], ...what });
    this.#context.changed(open);
  }

  /** What was held is named as "dependency: id". */
  #forgotten({ trigger, key, held, missing }: TellFields, because: string): void {
    for (const one of held as readonly string[]) {
      const id = one.slice(one.indexOf(': ') + 2);
      this.#fate(id, trigger, {
        kind: 'forgotten',
        because,
        missing: missing as string[],
        ...(key === undefined ? {} : { key: String(key) }),
      });
    }
  }

  /** Its verdict, where there was one, has the error already. */
  #unusable(event: unknown, dependency: unknown, error: unknown): void {
    const open = this.#ring.find(String(event));
    if (!open) return;
    if (typeof dependency === 'string' && !open.judged.has(dependency)) open.judged.set(dependency, { failed: failureOf(error) });
    this.#ring.move('failed', open);
    this.#context.changed(open);
  }

  #add(shelf: 'refused' | 'taken', event: Event): Open {
    const { id, source, subject, type, time, extensions, data } = event;
    const orderKey = extensions['partitionkey'];
    const bytes = data?.bytes.length ?? 0;
    // Events that come within a millisecond keep their order.
    this.#lastAt = Math.max(this.#context.clock.now(), this.#lastAt + 0.001);
    return this.#ring.add(shelf, {
      at: this.#lastAt,
      facts: { id, source, subject, type, time, ...(orderKey === undefined ? {} : { orderKey }) },
      event: bytes <= mostBytes ? event : undefined,
      bytes,
    });
  }

  /** No more than so many in a while: those in between are too many to be kept anyway. */
  #mayTake(): boolean {
    if (this.#left === undefined) {
      const all = Math.max(atLeast, this.#context.places.length * perRecord);
      this.#left = Math.max(fewest, Math.ceil(all / this.#context.sharers()));
      this.#context.clock.after(aWhile, () => {
        this.#left = undefined;
        this.tellPassed();
      });
    }
    if (this.#left === 0) return false;
    this.#left -= 1;
    return true;
  }

  #passOver(event: Event): void {
    this.#enough = event;
    if (event.id === this.#lastPassed) return;
    this.#lastPassed = event.id;
    this.#passed += 1;
  }

  /** Its event may be known all the same, and must not look as if the trigger had not been tried. */
  #passOverFiring(event: string): void {
    const open = this.#ring.find(event);
    if (!open || open.passedOver) return;
    open.passedOver = true;
    this.#context.changed(open);
  }

  /** Says what it has not said yet. */
  tellPassed(): void {
    const count = this.#passed - this.#told;
    this.#told = this.#passed;
    if (count > 0) this.#context.passedOver(count);
  }

  #changed(fate: OpenFate): void {
    for (const open of fate.of) if (this.#ring.has(open)) this.#context.changed(open);
  }

  #forget(gone: Open): void {
    for (const { firing, of } of gone.fates.values())
      if (firing !== undefined && !of.some((open) => open !== gone && this.#ring.has(open))) this.#firings.delete(firing);
  }
}

/** The event as filters saw it is not kept where the event itself is too large. */
function withoutEvent(verdict: Verdict): Verdict {
  if (verdict.admitted) return verdict;
  const { because, at, error } = verdict;
  return { admitted: false, because, at, ...(error ? { error } : {}) };
}
