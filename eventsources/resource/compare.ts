/**
 * What a look at one object means, given what is remembered of it: which event it is, and what to remember from now on. Pure.
 *
 * The same table serves the watch and the comparison after a gap, so that both give the same events for the same facts. Of several
 * changes that a gap hides, the last one counts.
 */
import type { ChangeType } from './spec.ts';

interface Remembered {
  readonly resourceVersion: string;
  /** Whether it passed the filters when it was last remembered. */
  readonly passes: boolean;
}

export type Look =
  /** The watch reports the object, for the last time if `gone`. `met`: it was there before, but did not pass. */
  | { readonly by: 'watch'; readonly gone: boolean; readonly resourceVersion: string; readonly passes: boolean; readonly met: boolean }
  /** It stands in a list. `met`: it was there before this list could have been the first to show it. */
  | { readonly by: 'list'; readonly resourceVersion: string; readonly passes: boolean; readonly met: boolean }
  /** It is remembered but missing in a list. */
  | { readonly by: 'absence' };

interface Meaning {
  readonly event: ChangeType | undefined;
  /** The DELETE is one of an object that has ceased to pass, and may still be there. */
  readonly left?: true;
  readonly memory: 'leave' | 'remember' | 'forget';
}

const left = { event: 'DELETE', left: true } as const;

/** `tellsLeft`: whether an object that ceases to pass is told of. One that ceases because the rule was changed, not the object, has not left. */
export function meaningOf(look: Look, remembered: Remembered | undefined, tellsLeft = false): Meaning {
  const gone = remembered ? 'forget' : 'leave';
  if (look.by === 'absence') return { event: remembered?.passes ? 'DELETE' : undefined, memory: gone };
  const hasLeft = !look.passes && remembered?.passes && tellsLeft && remembered.resourceVersion !== look.resourceVersion;
  if (look.by === 'watch' && look.gone) {
    const wasThere = remembered !== undefined || look.met;
    return hasLeft ? { ...left, memory: gone } : { event: wasThere && look.passes ? 'DELETE' : undefined, memory: gone };
  }
  if (hasLeft) return { ...left, memory: 'remember' };
  if (!look.passes) return { event: undefined, memory: remembered?.passes ? 'remember' : 'leave' };
  if (remembered?.passes && remembered.resourceVersion === look.resourceVersion) return { event: undefined, memory: 'leave' };
  return { event: remembered || look.met ? 'UPDATE' : 'ADD', memory: 'remember' };
}
