/**
 * Hooks that we make with a provider, so that it calls us: one for each repository, project or organization, made where it is missing,
 * changed where it differs, and taken away at the end when the entry says so. One replica does it, under a lease.
 *
 * A provider that is away or refuses is told of, and asked again: the source listens meanwhile, since hooks may be there already.
 */
import { fromUnknown } from '../../src/core/errors/from-unknown.ts';
import { unlessAborted } from '../../src/core/lifecycle/unless-aborted.ts';
import { waitAfter } from '../../src/core/time/backoff.ts';
import type { EventSourceContext } from '../event-source.ts';

export interface Hook {
  /** What it is a hook of, for the log. */
  readonly of: string;
  /** Makes sure that it is there, as it shall be. */
  ensure(): Promise<Ensured>;
}

export interface Ensured {
  readonly done: 'made' | 'changed' | 'found';
  /** Takes it away. */
  remove(): Promise<void>;
}

export interface Hooks {
  /** Closed at the end; it may be closed by somebody else too. */
  readonly api: AsyncDisposable;
  /** Which there shall be; asked anew for each look. */
  wanted(): Promise<readonly Hook[]>;
  readonly deleteOnFinish: boolean;
  /** Milliseconds between two looks. 10 minutes when left out. */
  readonly every?: number | undefined;
}

const backoff = { first: 1000, ceiling: 60_000 };

/** Lasts until the signal aborts. Never rejects for what a provider says. */
export async function keepHooks(hooks: Hooks, context: EventSourceContext): Promise<void> {
  await using _ = hooks.api;
  const { signal, bus, namespace, eventSourceName, eventName } = context;
  while (!signal.aborted) {
    const lease = await bus.lease(`hooks/${namespace}/${eventSourceName}/${eventName}`, signal);
    try {
      const made = await look(hooks, lease.lost, context);
      if (signal.aborted && hooks.deleteOnFinish) await Promise.all(made.map((one) => one.remove().catch(() => {})));
    } finally {
      await lease.release();
    }
  }
}

/** Looks again and again until the lease is lost or the signal aborts; resolves with the hooks that are there. */
async function look({ wanted, every = 600_000 }: Hooks, lost: AbortSignal, context: EventSourceContext): Promise<Ensured[]> {
  const { signal, clock, eventSourceName: eventsource, eventName: event, tell } = context;
  const ended = AbortSignal.any([signal, lost]);
  const there = new Map<string, Ensured>();
  let told = '';
  for (let failures = 0; !ended.aborted; ) {
    const errors: string[] = [];
    const failed = (thrown: unknown): undefined => {
      if (ended.aborted) return undefined;
      const error = fromUnknown(thrown);
      errors.push(error.message);
      if (!told.includes(error.message)) tell.hookFailed({ eventsource, event, error });
      return undefined;
    };
    const hooks = await unlessAborted(wanted(), ended).catch(failed);
    for (const hook of hooks ?? []) {
      const ensured = await unlessAborted(hook.ensure(), ended).catch(failed);
      if (!ensured) continue;
      there.set(hook.of, ensured);
      if (ensured.done !== 'found') tell.hookRegistered({ eventsource, event, of: hook.of, done: ensured.done });
    }
    told = errors.join('\n');
    failures = errors.length > 0 ? failures + 1 : 0;
    await clock.sleep(failures > 0 ? waitAfter(failures, backoff) : every, ended);
  }
  return [...there.values()];
}

/** Which secret was given to which hook. Providers never show theirs, so it is given once after a start, and when it has changed. */
export class GivenSecrets {
  readonly #given = new Map<string, string>();

  has(of: string, secret: string | undefined): boolean {
    return secret === undefined || this.#given.get(of) === secret;
  }

  add(of: string, secret: string | undefined): void {
    if (secret !== undefined) this.#given.set(of, secret);
  }
}

/** The public address of an endpoint. */
export const hookUrl = (url: string, endpoint: string): string => `${url.replace(/\/+$/, '')}/${endpoint.replace(/^\/+/, '')}`;

/** Whether two lists hold the same, in whatever order. */
export const sameEvents = (one: unknown, other: readonly string[]): boolean =>
  Array.isArray(one) && one.length === other.length && other.every((event) => one.includes(event));
