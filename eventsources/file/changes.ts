import type { Operation } from './operations.ts';

/** What a look at a file showed. Two looks with the same values show the same file, unchanged. */
export interface Look {
  readonly inode: bigint;
  readonly size: bigint;
  /** Nanoseconds. */
  readonly written: bigint;
  readonly changed: bigint;
  /** Who may do what with it, and whose it is. */
  readonly rights: string;
  readonly isFolder: boolean;
}

/** By name. */
export type Looks = ReadonlyMap<string, Look>;

export interface Change {
  readonly operation: Operation;
  readonly name: string;
  /** The file as it is, or as it was last. */
  readonly look: Look;
}

/**
 * What must have happened between two looks at a folder. `told` says it as a system does that tells of changes: a new file with something in
 * it was made and written; one that got another name has RENAME under the old one and CREATE under the new; what took the place of another was
 * made. `polled` says it as Argo's polling does: made, or RENAME under the new name; what took the place of another was written.
 */
export function changesBetween(before: Looks, after: Looks, style: 'told' | 'polled'): Change[] {
  const gone = [...before].filter(([name]) => !after.has(name));
  const came = [...after].filter(([name, look]) => before.get(name)?.inode !== look.inode);
  const names = new Map(came.map(([name, { inode }]) => [inode, name]));
  const known = new Set([...before.values()].map(({ inode }) => inode));

  const ends = gone.flatMap(([name, look]): Change[] => {
    const isRenamed = names.has(look.inode);
    if (isRenamed && style === 'polled') return [];
    return [{ operation: isRenamed ? 'RENAME' : 'REMOVE', name, look }];
  });
  const goneInodes = new Set(gone.map(([, { inode }]) => inode));
  const rest = [...after].flatMap(([name, look]) => {
    const old = before.get(name);
    const as = (...operations: Operation[]): Change[] => operations.map((operation) => ({ operation, name, look }));
    if (old?.inode === look.inode) return as(...touches(old, look));
    if (style === 'polled') return as(goneInodes.has(look.inode) ? 'RENAME' : old ? 'WRITE' : 'CREATE');
    const isWritten = !known.has(look.inode) && !look.isFolder && look.size > 0n;
    return isWritten ? as('CREATE', 'WRITE') : as('CREATE');
  });
  return [...ends, ...rest.sort((a, b) => Number(a.look.changed - b.look.changed))];
}

/** A folder is not written when something in it changes. */
function touches(old: Look, look: Look): Operation[] {
  const isWritten = !look.isFolder && (old.size !== look.size || old.written !== look.written);
  return [...(isWritten ? (['WRITE'] as const) : []), ...(old.rights === look.rights ? [] : (['CHMOD'] as const))];
}
