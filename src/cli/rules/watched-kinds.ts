import { fromUnknown } from '../../core/errors/from-unknown.ts';
import type { Kube, ResourceType } from '../../core/kube/kube.ts';
import type { Kind } from '../../core/schema/kind.ts';
import type { Clock } from '../../core/time/clock.ts';
import { spellingsOf } from '../../manifests/kinds.ts';

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

/** A cluster need not have the kinds of other systems (`absent` is told), and they may come later. Undefined when the signal has aborted. */
export async function servedType(
  { group, kind, versions }: WatchedKind,
  { kube, clock, signal, absent }: { kube: Kube; clock: Clock; signal: AbortSignal; absent(): void },
): Promise<ResourceType | undefined> {
  while (!signal.aborted) {
    let isAbsent = true;
    for (const version of versions) {
      try {
        return await kube.kind(`${group}/${version}`, kind);
      } catch (thrown) {
        // Away, or not served: looked for again.
        if (signal.aborted) return undefined;
        isAbsent = fromUnknown(thrown).code === 'REMOTE_KUBE_UNKNOWN_KIND';
        if (!isAbsent) break;
      }
    }
    if (isAbsent) absent();
    await clock.sleep(lookForKindEvery, signal);
  }
  return undefined;
}
