/** What a listener says of itself on the bus, for those who ask why nothing comes: whether it runs and hears, and what it has done. */
import type { EventBus } from '../eventbus/bus.ts';
import { fromUnknown } from '../src/core/errors/from-unknown.ts';
import type { Address } from '../src/core/event/event.ts';
import { heartbeat, Notebook, type Notebooks, notesName } from '../src/core/telemetry/notebook.ts';
import { alsoHeard, type Hears, type Tell, type TellFields } from '../src/core/telemetry/tell.ts';
import type { Clock } from '../src/core/time/clock.ts';

/** JSON; times are milliseconds since 1970, counts are since it started. */
export interface ListenerStatus {
  readonly kind: 'EventSource';
  readonly namespace: string;
  readonly name: string;
  readonly event: string;
  readonly type: string;
  /** Where its events travel, where that is not under its name and event. */
  readonly address?: Address;
  readonly startedAt: number;
  readonly seenAt: number;
  /** It was stopped, and did not fail. */
  readonly stoppedAt?: number;
  /** It hears what it listens to. */
  readonly ready: boolean;
  readonly published: number;
  readonly filtered: number;
  readonly last?: { readonly id: string; readonly at: number };
  /** The last events that its own filter refused. */
  readonly refused: readonly { readonly id: string; readonly because: string; readonly at: number }[];
  /** What is in its way. */
  readonly trouble?: { readonly message: string; readonly hint?: string; readonly at: number };
}

export const listenerKey = (namespace: string, name: string, event: string): string => `${listenerPrefix}${namespace}/${name}/${event}`;
export const listenerPrefix = 'source/';

/** Refused events that are remembered. */
const mostRefused = 5;

interface Reported {
  readonly tell: Tell;
  onReady(isReady: boolean): void;
  /** `failed` says why it ended by itself. */
  end(failed?: unknown): Promise<void>;
}

/** Says so while a listener runs: `tell` and `onReady` are to be used in the place of those that it has. */
export function reported(
  who: Pick<ListenerStatus, 'namespace' | 'name' | 'event' | 'type' | 'address'>,
  {
    bus,
    clock,
    tell,
    notebooks,
    onReady,
  }: { bus: EventBus; clock: Clock; tell: Tell; notebooks?: Notebooks; onReady(isReady: boolean): void },
): Reported {
  const notes = new Notebook(() => bus.state(notesName), { clock, tell, notebooks });
  const startedAt = clock.now();
  let status: Omit<ListenerStatus, 'seenAt'> = {
    kind: 'EventSource',
    ...who,
    startedAt,
    ready: false,
    published: 0,
    filtered: 0,
    refused: [],
  };
  const key = listenerKey(who.namespace, who.name, who.event);
  const text = (): string => JSON.stringify({ ...status, seenAt: clock.now() });
  const note = (): void => notes.note(key, text);
  const change = (more: Partial<ListenerStatus>): void => {
    status = { ...status, ...more };
    note();
  };
  const wellAgain = (): void => {
    const { trouble: _, ...rest } = status;
    status = rest;
    note();
  };
  const trouble = ({ error, reason, warning }: TellFields): void => {
    const { message, hint } = error === undefined ? { message: String(reason ?? warning ?? ''), hint: undefined } : fromUnknown(error);
    change({ trouble: { message, at: clock.now(), ...(hint === undefined ? {} : { hint }) } });
  };
  const hears: Hears = {
    eventPublished({ id }) {
      change({ published: status.published + 1, last: { id: String(id), at: clock.now() } });
    },
    eventFilteredAtSource({ id, because }) {
      const refused = [...status.refused, { id: String(id), because: String(because), at: clock.now() }].slice(-mostRefused);
      change({ filtered: status.filtered + 1, refused });
    },
    watchLost: trouble,
    watchRefused: trouble,
    senderAway: trouble,
    publishWaiting: trouble,
    hookFailed: trouble,
    watchAccepted: wellAgain,
    senderBack: wellAgain,
  };
  let cancel = (): void => {};
  const beat = (): void => {
    note();
    cancel = clock.after(heartbeat, beat);
  };
  beat();
  return {
    tell: alsoHeard(tell, hears),
    onReady(isReady) {
      if (isReady) wellAgain();
      change({ ready: isReady });
      onReady(isReady);
    },
    async end(failed) {
      cancel();
      if (failed !== undefined) trouble({ error: failed });
      change({ ready: false, ...(failed === undefined ? { stoppedAt: clock.now() } : {}) });
      await notes.end();
    },
  };
}
