import { watch } from 'node:fs';
import { basename } from 'node:path';
import type { Clock } from '../../src/core/time/clock.ts';
import { type Change, changesBetween, type Looks } from './changes.ts';
import { away, inodeOf, lookAt, lookAtNames } from './look.ts';

/** Milliseconds between two looks. */
const pollEvery = 100;

/** Systems forget to tell of a change now and then: the whole folder is looked at this often in any case. */
const lookEvery = 10_000;

interface Circumstances {
  readonly directory: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The folder as it was when it was last looked at; undefined when it never was. */
  readonly before: Looks | undefined;
  listening(): void;
  /** Resolves when the changes are dealt with. `after` is the folder with them. */
  changed(changes: readonly Change[], after: Looks): Promise<void>;
}

/**
 * Tells what changes in a folder until the signal aborts. What is in it at the first look of all is not told. Rejects with UNREACHABLE_SENDER when
 * the folder is not there, is gone, or is another than it was.
 */
export async function watchFolder(
  polling: boolean,
  { directory, clock, signal, before, listening, changed }: Circumstances,
): Promise<void> {
  const inode = await inodeOf(directory);
  const hints = polling ? undefined : hintsOf(directory);
  try {
    let looks = before;
    const lookAgain = async (names: readonly string[] | undefined): Promise<void> => {
      const found = names ? await lookAtNames(directory, names) : await lookAt(directory);
      const after = names ? merged(looks ?? new Map(), names, found!) : (found ?? new Map());
      if (looks || !found) await changed(changesBetween(looks ?? new Map(), after, polling ? 'polled' : 'told'), after);
      else await changed([], after);
      looks = after;
      if (!found) throw away(directory, new Error('there is no such folder'));
    };
    await lookAgain(undefined);
    listening();
    while (!signal.aborted) {
      const names = hints ? await hints.next(clock, signal) : await clock.sleep(pollEvery, signal);
      if (signal.aborted) return;
      await lookAgain(names || undefined);
      if (!names && (await inodeOf(directory)) !== inode) throw away(directory, new Error('another folder has taken its place'));
    }
  } finally {
    hints?.close();
  }
}

function merged(looks: Looks, names: readonly string[], found: Looks): Looks {
  const after = new Map(looks);
  for (const name of names) {
    const look = found.get(name);
    if (look) after.set(name, look);
    else after.delete(name);
  }
  return after;
}

/** What the system tells: names whose file may have changed. */
interface Hints {
  /** The names since the last call, waiting for the first of them; undefined when the whole folder must be looked at. */
  next(clock: Clock, signal: AbortSignal): Promise<readonly string[] | undefined>;
  close(): void;
}

/** Throws UNREACHABLE_SENDER. */
function hintsOf(directory: string): Hints {
  let names = new Set<string>();
  let isWhole = false;
  let failure: unknown;
  let wake = (): void => {};
  const watcher = (() => {
    try {
      return watch(directory);
    } catch (thrown) {
      throw away(directory, thrown);
    }
  })();
  watcher.on('change', (_type, name) => {
    if (typeof name === 'string' && name !== basename(directory)) names.add(name);
    else isWhole = true;
    wake();
  });
  watcher.on('error', (thrown) => {
    failure = thrown;
    wake();
  });
  return {
    async next(clock, signal) {
      if (names.size === 0 && !isWhole && failure === undefined) {
        const enough = new AbortController();
        wake = () => enough.abort();
        await clock.sleep(lookEvery, AbortSignal.any([signal, enough.signal]));
        // What happened at once is told one by one: both names of a file that was renamed belong together.
        await new Promise(setImmediate);
      }
      if (failure !== undefined) throw away(directory, failure);
      const found = names.size > 0 && !isWhole ? [...names] : undefined;
      names = new Set();
      isWhole = false;
      return found;
    },
    close: () => watcher.close(),
  };
}
