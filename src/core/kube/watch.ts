import type { EngineError } from '../errors/engine-error.ts';
import { fromUnknown } from '../errors/from-unknown.ts';
import type { Tell, TellFields } from '../telemetry/tell.ts';
import { waitAfter } from '../time/backoff.ts';
import type { Clock } from '../time/clock.ts';
import type { Kube, ListOptions, ResourceType, Unfolding, WatchEvent } from './kube.ts';
import { pageSize } from './list.ts';
import { hasRewound } from './rewound.ts';

export interface WatchSelection extends Omit<ListOptions, 'signal'> {
  /** A resourceVersion from an earlier list or watch: go on from there, without a snapshot if the server still knows it. */
  readonly from?: string | undefined;
  /** Snapshots come page by page, each fetched when the one before has been dealt with, so that no more is held in memory. */
  readonly inPages?: boolean;
}

interface WatchContext {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly tell: Tell;
  /** Put on what is told. */
  readonly labels?: TellFields;
  /** Called at each change: true while a watch is open. */
  readonly watching?: (isOpen: boolean) => void;
}

/** After so many the next list is fetched without waiting for anybody between its pages. */
const mostForgotten = 2;

/** A watch that lasted this long was a good one, even if nothing happened. */
const goodWatch = 5_000;
const reconnect = { first: 200, ceiling: 5_000 };
const refused = { first: 500, ceiling: 30_000 };

/**
 * A collection as it unfolds, until the signal aborts: then it ends quietly. It never throws and never ends otherwise.
 *
 * It is in one of three states. *Listing*: no resourceVersion is known; it lists, yields a snapshot and has one. *Watching*: it yields
 * changes as they arrive and remembers the resourceVersion of the last. *Waiting*: something failed; after a back-off it watches on
 * from the remembered resourceVersion, or lists again when the server does not know that any more (410), is behind it (a restored
 * backup), or twice sent what cannot be read.
 * A lack of rights and a kind that is not installed are reasons to wait like any other. Each change is told once: `watchLost` when an
 * open watch broke, `watchRefused` when the server says no, `watchAccepted` when it agrees again.
 *
 * `type` may be a function that finds it (`() => kube.resource(…)`): then an unknown kind is waited for too.
 */
export async function* watchResources(
  kube: Kube,
  type: ResourceType | (() => Promise<ResourceType>),
  { from, inPages = false, ...selection }: WatchSelection,
  { signal, clock, tell, labels = {}, watching = () => {} }: WatchContext,
): AsyncGenerator<Unfolding, void, undefined> {
  const options = { ...selection, signal };
  let version = from;
  /** We cannot know whether the server is still the one that gave us the version. */
  let isInDoubt = true;
  let failures = 0;
  let isOpen = false;
  let refusal: string | undefined;

  /** Lists in pages that the server has forgotten before their end, one after another. */
  let forgotten = 0;

  /** A function of its own, because what this generator has in a variable it holds in memory for as long as it watches. */
  const snapshot = async function* (found: ResourceType): AsyncGenerator<Unfolding, void, undefined> {
    const isWhole = !inPages || forgotten >= mostForgotten;
    let from: string | undefined;
    for (let isFirst = true; isFirst || from !== undefined; isFirst = false) {
      const page = isWhole ? await kube.list(found, options) : await kube.list(found, { ...options, limit: pageSize, continue: from });
      from = isWhole ? undefined : page.next;
      const { items, resourceVersion } = page;
      if (from === undefined) version = resourceVersion;
      yield { kind: 'snapshot', items, resourceVersion, ...(inPages ? { part: { isFirst, isLast: from === undefined } } : {}) };
    }
    forgotten = 0;
  };
  const opened = () => {
    if (isOpen) return;
    isOpen = true;
    watching(true);
    if (refusal !== undefined) tell.watchAccepted(labels);
    refusal = undefined;
  };
  const failed = (error: EngineError) => {
    const isBroken = !isRefusal(error) || (isOpen && error.code === 'REMOTE_KUBE_GARBLED');
    if (isBroken && isOpen) tell.watchLost({ ...labels, error });
    if (!isBroken && refusal !== error.code) tell.watchRefused({ ...labels, error });
    if (!isBroken) refusal = error.code;
    if (isOpen) watching(false);
    isOpen = false;
  };

  while (!signal.aborted) {
    let error: EngineError | undefined;
    let openedAt: number | undefined;
    let hasChanged = false;
    const isFresh = version === undefined;
    try {
      const found = typeof type === 'function' ? await type() : type;
      if (version !== undefined && isInDoubt && (await hasRewound(kube, found, options, version))) version = undefined;
      if (version === undefined) yield* snapshot(found);
      for await (const batch of kube.watch(found, { ...options, resourceVersion: version! })) {
        opened();
        isInDoubt = false;
        openedAt ??= clock.monotonic();
        if (batch.length === 0) continue;
        hasChanged = true;
        version = versionOf(batch.at(-1)!);
        const changes = batch.flatMap((event) =>
          event.type === 'BOOKMARK' ? [] : [{ gone: event.type === 'DELETED', object: event.object }],
        );
        if (changes.length > 0) yield { kind: 'changes', changes };
      }
    } catch (thrown) {
      if (signal.aborted) return;
      error = fromUnknown(thrown);
      failed(error);
      isInDoubt = true;
    }
    const isGood = hasChanged || (openedAt !== undefined && clock.monotonic() - openedAt >= goodWatch);
    if (isGood) failures = 0;
    if (error || !isGood) failures += 1;
    const isExpired = error?.code === 'REMOTE_KUBE_EXPIRED';
    if (isExpired && version === undefined) forgotten += 1;
    if (isExpired || (error?.code === 'REMOTE_KUBE_GARBLED' && failures > 1)) version = undefined;
    if (!isExpired || isFresh) await clock.sleep(pause(error, failures), signal);
  }
}

const versionOf = (event: WatchEvent): string =>
  event.type === 'BOOKMARK' ? event.resourceVersion : (event.object.metadata.resourceVersion as string);

/** The server is there and says no, as opposed to: the way to it, or its history, is broken. */
const isRefusal = (error: EngineError): boolean => error.code !== 'UNREACHABLE_KUBE' && error.code !== 'REMOTE_KUBE_EXPIRED';

function pause(error: EngineError | undefined, failures: number): number {
  if (failures === 0) return 0;
  if (typeof error?.retry === 'object') return error.retry.after * (1 + Math.random() / 3);
  return waitAfter(failures, error && isRefusal(error) ? refused : reconnect);
}
