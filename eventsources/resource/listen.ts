/**
 * One run of a resource source: takes up its memory, then turns what unfolds in the API server into events.
 *
 * `README.md` says what is compared with what.
 */
import type { EventBus, StateEntry } from '../../eventbus/bus.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Unfolding } from '../../src/core/kube/kube.ts';
import type { EventSourceContext } from '../event-source.ts';
import { Lanes } from '../lanes.ts';
import { Memory } from './memory.ts';
import { Observer } from './observer.ts';
import type { Plan } from './plan.ts';
import { Position, positionKey } from './position.ts';
import { foldInPublished } from './replay.ts';
import { sectionOf } from './section.ts';

/** Objects that are worked on at a time; more are not taken from the watch. */
const inFlight = 256;

/** How often is looked whether the bus still has what it was given, in milliseconds: who deletes a stream tells nobody. */
const lookEvery = 5_000;

const whole = { isFirst: true, isLast: true };

/** Opens the collection, given what to select by; see `watchResources`. */
type Unfold = (signal: AbortSignal, watching: (isOpen: boolean) => void) => AsyncIterable<Unfolding>;

/**
 * Resolves when the context's signal has aborted and what was being worked on has ended. Rejects with what cannot be waited out,
 * CONFLICT_STATE among it: then another process has written, and the next run begins from what it wrote; and CONFLICT_REPLACED: then
 * the next run sends again what it sees.
 */
export async function listen(plan: Plan, context: EventSourceContext, unfold: Unfold): Promise<void> {
  const failure = new AbortController();
  const failed = (thrown: unknown): void => failure.abort(thrown);
  const lanes = new Lanes(inFlight, failed);
  const { memory, position } = await takeUp(plan, context, failed);
  const over = new AbortController();
  const observer = new Observer(plan, context, { memory, position, lanes });
  try {
    await foldInPublished(plan, context, { memory, position, lanes });
    void untilLost(position, context, over.signal).then((lost) => lost && failed(lost));
    let isCaughtUp = false;
    const watching = (isOpen: boolean): void => context.ready(isOpen && isCaughtUp);
    for await (const unfolding of unfold(AbortSignal.any([context.signal, failure.signal]), watching)) {
      if (unfolding.kind === 'changes') {
        for (const { gone, object } of unfolding.changes) await observer.change(object, gone);
      } else {
        const { items, part = whole } = unfolding;
        const isDone = await observer.compare(items, part, !isCaughtUp && (context.relist || plan.addsAll || position.again));
        if (failure.signal.aborted) break;
        if (!isDone) continue;
        isCaughtUp = true;
        context.ready(true);
      }
    }
  } finally {
    over.abort();
    await lanes.idle();
    await position.close();
  }
  if (failure.signal.aborted && !context.signal.aborted) throw failure.signal.reason;
}

/** Resolves with CONFLICT_REPLACED when the bus has lost the stream or the memory, and with nothing when the signal aborts. */
async function untilLost(position: Position, { bus, clock }: EventSourceContext, signal: AbortSignal): Promise<EngineError | undefined> {
  for (;;) {
    await clock.sleep(lookEvery, signal);
    // A bus that cannot be asked now is asked again; whoever publishes tells of it.
    const lost = await lostNow(position, bus).catch(() => undefined);
    if (signal.aborted) return undefined;
    if (lost !== undefined) return new EngineError('CONFLICT_REPLACED', { what: lost });
  }
}

const lostNow = async (position: Position, bus: EventBus): Promise<string | undefined> => position.lost(await bus.streamCreated());

/** Reads what the store has. The position is saved before anything else happens: it holds the time of the first start. */
async function takeUp(plan: Plan, context: EventSourceContext, failed: (thrown: unknown) => void) {
  const { bus, patiently } = context;
  const { name, prefix } = plan.memory;
  const store = sectionOf(await patiently(() => bus.state(name)), prefix);
  const memory = new Memory(store, context);
  let saved: StateEntry | undefined;
  await patiently(async () => {
    for await (const entry of store.entries()) {
      if (entry.key === positionKey) saved = entry;
      else memory.load(entry.key, entry);
    }
  });
  const stream = await patiently(() => bus.streamCreated());
  const position = new Position(store, saved, { scope: plan.scope, filter: plan.filtered, stream }, context, failed);
  await position.save();
  return { memory, position };
}
