import type { EventBus, Stored } from '../eventbus/bus.ts';
import { type EventDraft, type EventOrigin, makeEvent } from '../src/core/event/event.ts';
import type { Tell } from '../src/core/telemetry/tell.ts';
import type { Clock } from '../src/core/time/clock.ts';
import type { Party } from '../src/core/time/turns.ts';
import type { EventSourceContext, Happened } from './event-source.ts';
import type { SourceFilter } from './filter.ts';
import type { createPatience } from './patience.ts';

interface Deps {
  readonly origin: EventOrigin;
  /** Whose event it is, for what is told of it; the names in the origin if left out. */
  readonly names?: { readonly eventsource: string; readonly event: string };
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly tell: Tell;
  readonly signal: AbortSignal;
  readonly patiently: ReturnType<typeof createPatience>;
  /** The entry's `filter.expression`. */
  readonly filter?: SourceFilter | undefined;
  /** Whose time the filter takes. */
  readonly party: Party;
}

/** Draft → event → filter → bus. Resolves when the bus has stored it; a bus that is away or full is waited for. See EventSourceContext. */
export function createEmit({
  origin,
  names = { eventsource: origin.source, event: origin.subject },
  bus,
  clock,
  tell,
  signal,
  patiently,
  filter,
  party,
}: Deps): EventSourceContext['emit'] {
  return async (
    draft: EventDraft,
    { since = clock.monotonic(), fields = {}, until = signal }: Happened = {},
  ): Promise<Stored | undefined> => {
    const event = makeEvent(draft, origin, clock.now());
    const because = filter && (await party.do(() => filter(event.data)));
    if (because !== undefined) {
      tell.eventFilteredAtSource({ ...names, ...fields, id: event.id, because });
      return undefined;
    }
    const stored = await patiently(() => bus.publish(event, { signal: until }), until);
    const what = { ...names, ...fields, id: event.id, ...(draft.synthetic ? { synthetic: true } : {}) };
    if (stored.duplicate) tell.eventRepeated(what);
    else tell.eventPublished({ ...what, took: clock.monotonic() - since });
    return stored;
  };
}
