import { fromUnknown } from '../../core/errors/from-unknown.ts';
import type { Kube, ListOptions, ResourceType } from '../../core/kube/kube.ts';
import { type Kind, spellingsOf } from '../../core/schema/kind.ts';
import type { Tell } from '../../core/telemetry/tell.ts';
import type { Clock } from '../../core/time/clock.ts';

/** How often is looked whether a kind of another system has come to be there, in milliseconds. */
const lookForKindEvery = 10_000;

/** A kind as one group of an API server has it. */
export interface WatchedKind {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  /** Those that may be served, the one that is liked best first. */
  readonly versions: readonly string[];
  readonly isClusterWide: boolean;
  readonly hasAddressOfOthers: boolean;
  /** No rule: a dialect looks at its labels. */
  readonly onlyLooked: boolean;
}

/** One for each group in which objects of the kind are written. */
export function spellings(watched: Kind): WatchedKind[] {
  const { kind, plural, isClusterWide = false, hasAddressOfOthers = false } = watched;
  const all = spellingsOf(watched);
  return [...new Set(all.map((one) => one.group))].map((one) => ({
    group: one,
    kind,
    plural,
    versions: all.filter((spelling) => spelling.group === one).map((spelling) => spelling.version),
    isClusterWide,
    hasAddressOfOthers,
    onlyLooked: false,
  }));
}

/** As our own definition has it. */
export const ownType = ({ group, kind, plural, versions, isClusterWide }: WatchedKind): ResourceType => ({
  group,
  version: versions[0]!,
  resource: plural,
  kind,
  namespaced: !isClusterWide,
});

/** What is watched where only one namespace is worked: what lives in it, and of the Namespaces that a dialect looks at, that one. */
export function selectionOf({ onlyLooked }: WatchedKind, { namespaced }: ResourceType, namespace: string | undefined): ListOptions {
  if (namespace === undefined || namespaced) return { namespace };
  return onlyLooked ? { fieldSelector: `metadata.name=${namespace}` } : {};
}

interface ServedOptions {
  readonly kube: Kube;
  readonly clock: Clock;
  readonly tell: Tell;
  readonly signal: AbortSignal;
  /** All namespaces if left out. */
  readonly namespace: string | undefined;
  /** Told when the kind is not there, or may not be read. */
  absent(): void;
}

/**
 * A cluster need not have the kinds of other systems, and an account need not be allowed to read them; both may come later. Undefined when
 * the signal has aborted.
 */
export async function servedType(kind: WatchedKind, options: ServedOptions): Promise<ResourceType | undefined> {
  const { clock, tell, signal, absent } = options;
  for (let isTold = false; !signal.aborted; ) {
    const found = await readable(kind, options);
    if (typeof found === 'object') return found;
    if (found === 'forbidden' && !isTold) tell.rulesUnread({ kind: `${kind.kind} of ${kind.group}` });
    isTold ||= found === 'forbidden';
    if (found !== 'away') absent();
    await clock.sleep(lookForKindEvery, signal);
  }
  return undefined;
}

/** The kind in the best version that is served, if a list of it may be had. */
async function readable(
  watched: WatchedKind,
  { kube, namespace, signal }: ServedOptions,
): Promise<ResourceType | 'absent' | 'forbidden' | 'away'> {
  const { group, kind, versions } = watched;
  for (const version of versions) {
    try {
      const type = await kube.kind(`${group}/${version}`, kind);
      await kube.list(type, { ...selectionOf(watched, type, namespace), limit: 1, signal });
      return type;
    } catch (thrown) {
      const { code } = fromUnknown(thrown);
      if (code === 'REMOTE_KUBE_FORBIDDEN') return 'forbidden';
      if (code !== 'REMOTE_KUBE_UNKNOWN_KIND') return 'away';
    }
  }
  return 'absent';
}
