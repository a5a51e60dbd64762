import { readFile, stat } from 'node:fs/promises';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { reasonOf } from '../../../src/core/errors/from-unknown.ts';
import { type Fetch, largest } from './kept.ts';
import { cannotRead } from './refuse.ts';

/** A file of this machine: its time and size tell whether it has changed. */
export const fileArtifact =
  ({ path }: { path: string }): Fetch =>
  async (known) => {
    try {
      const found = await stat(path, { bigint: true });
      const { ino, size, mtimeNs } = found;
      if (!found.isFile()) throw cannotRead(path, 'it is no file');
      const mark = `${ino} ${size} ${mtimeNs}`;
      if (mark === known) return 'same';
      if (size > largest) throw cannotRead(path, `it has more than ${largest} bytes`);
      return { mark, text: await readFile(path, 'utf8') };
    } catch (cause) {
      if (cause instanceof EngineError) throw cause;
      throw cannotRead(path, reasonOf(cause), { cause });
    }
  };
