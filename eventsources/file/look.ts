import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { fileReasonOf } from '../../src/core/errors/from-unknown.ts';
import type { Look } from './changes.ts';

/** Files that are looked at at the same time. */
const atOnce = 64;

/** A folder in which files vanish all the time is listed again so many times. */
const mostLooks = 5;

/** Everything in a folder, but not what is in its folders. Undefined when there is no such folder; rejects with UNREACHABLE_SENDER when it cannot be read. */
export async function lookAt(directory: string): Promise<Map<string, Look> | undefined> {
  try {
    for (let again = 0; ; again++) {
      const names = await readdir(directory);
      const looks = await lookAtNames(directory, names);
      // One that is gone since it was listed may have been renamed, and would be missed under both names.
      if (looks.size === names.length || again === mostLooks) return looks;
    }
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw away(directory, thrown);
  }
}

/** Some of it: a name that is not there is not in the answer. */
export async function lookAtNames(directory: string, names: readonly string[]): Promise<Map<string, Look>> {
  const looks = new Map<string, Look>();
  for (let from = 0; from < names.length; from += atOnce) {
    const some = names.slice(from, from + atOnce);
    const found = await Promise.all(some.map((name) => lookAtFile(join(directory, name))));
    found.forEach((look, index) => {
      if (look) looks.set(some[index]!, look);
    });
  }
  return looks;
}

/** What tells a folder from another that takes its place. */
export async function inodeOf(directory: string): Promise<bigint | undefined> {
  return (await stat(directory, { bigint: true }).catch(() => undefined))?.ino;
}

export function away(directory: string, cause: unknown): EngineError {
  const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
  const reason = isMissing ? 'there is no such folder' : fileReasonOf(cause);
  return new EngineError('UNREACHABLE_SENDER', { server: `the folder ${directory}`, reason }, { cause });
}

async function lookAtFile(path: string): Promise<Look | undefined> {
  try {
    const { ino, size, mtimeNs, ctimeNs, mode, uid, gid } = await lstat(path, { bigint: true });
    return {
      inode: ino,
      size,
      written: mtimeNs,
      changed: ctimeNs,
      rights: `${mode} ${uid} ${gid}`,
      isFolder: (mode & 0o170000n) === 0o040000n,
    };
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
}
