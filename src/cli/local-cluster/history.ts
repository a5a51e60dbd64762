import type { KubeObject } from '../../core/kube/kube.ts';

/** One change of one object. A deleted object carries the revision of its deletion. */
export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly revision: number;
  readonly object: KubeObject;
  /** What it was before; undefined for the first state. */
  readonly previous: KubeObject | undefined;
}

/** The latest changes of one collection, oldest first, at most `limit` of them. */
export interface History {
  add(change: Change): void;
  /** Changes after a revision; undefined when some of them are forgotten. */
  since(revision: number): readonly Change[] | undefined;
}

export function createHistory(limit: number): History {
  let changes: Change[] = [];
  let forgotten = 0;
  return {
    add(change) {
      changes.push(change);
      if (changes.length < limit * 1.25) return;
      const kept = changes.slice(-limit); // seldom and in bulk, because each cut copies
      forgotten = changes[changes.length - limit - 1]!.revision;
      changes = kept;
    },
    since(revision) {
      if (revision < forgotten) return undefined;
      let low = 0;
      let high = changes.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (changes[middle]!.revision > revision) high = middle;
        else low = middle + 1;
      }
      return changes.slice(low);
    },
  };
}
