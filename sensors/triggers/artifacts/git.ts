/**
 * A file in a git repository, by the `git` program. A commit is looked for once a minute at the most, and fetched, without its history,
 * only when it is another one. Nothing is checked out: the file is read from the commit, so that no link in it leads elsewhere.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stableId } from '../../../src/core/event/stable-id.ts';
import type { TriggerContext } from '../trigger.ts';
import { type Git, withGit } from './git-program.ts';
import { type Fetch, largest } from './kept.ts';
import { cannotRead } from './refuse.ts';
import type { GitSpec } from './spec.ts';

/** A reference is looked up again after so many milliseconds. */
const fresh = 60_000;

export function gitArtifact(spec: GitSpec, context: TriggerContext): Fetch {
  const url = spec.remote?.urls[0] ?? spec.url;
  const reference = referenceOf(spec);
  return (known, signal) =>
    withGit(spec, url, context, signal, async (git) => {
      const latest = isCommit(reference) ? reference : await commitOf(git, reference);
      if (latest === known) return 'same';
      const folder = spec.cloneDirectory || join(git.folder, 'repository');
      const own = `refs/sensorium/${stableId(url, reference, spec.filePath)}`;
      await mkdir(folder, { recursive: true });
      await git.run(['init', '--quiet', folder]);
      await git.run(['-C', folder, 'fetch', '--quiet', '--depth=1', '--no-tags', '--', git.url, `+${reference}:${own}`]);
      const text = await fileIn(git, folder, own, spec.filePath);
      return { mark: latest, text, freshFor: isCommit(reference) ? Number.POSITIVE_INFINITY : fresh };
    });
}

const isCommit = (reference: string): boolean => /^[0-9a-f]{40}$/.test(reference);

function referenceOf({ ref, tag, branch }: GitSpec): string {
  if (ref) return ref;
  return tag ? `refs/tags/${tag}` : `refs/heads/${branch || 'master'}`;
}

async function commitOf(git: Git, reference: string): Promise<string> {
  const answer = await git.run(['ls-remote', '--', git.url, reference]);
  const line = answer.split('\n').find((one) => one.endsWith(`\t${reference}`));
  if (!line) throw cannotRead(git.name, `there is no ${reference}`);
  return line.split('\t')[0]!;
}

/** Only a plain file counts. */
async function fileIn(git: Git, folder: string, commit: string, path: string): Promise<string> {
  const entry = await git.run(['-C', folder, 'ls-tree', '-l', commit, '--', path]);
  const [mode, , object, size] = entry.split(/\s+/);
  if (!object) throw cannotRead(git.name, `there is no file ${path}`);
  if (!mode!.startsWith('100')) throw cannotRead(git.name, `${path} is ${mode === '120000' ? 'a symbolic link' : 'no file'}`);
  if (Number(size) > largest) throw cannotRead(git.name, `${path} has more than ${largest} bytes`);
  return git.run(['-C', folder, 'cat-file', 'blob', object]);
}
