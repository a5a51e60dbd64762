import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { stringifyJson } from '../../../src/core/json/stringify.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { spawnGroup } from '../../../src/core/lifecycle/spawn-group.ts';
import type { ArgoProgram } from '../../../src/core/schema/kind.ts';

/** Characters of what the program writes that are looked at. */
const mostHeard = 64 * 1024;

/**
 * Runs `argo` with these words, the object in a file that goes away afterwards. Resolves with what it wrote, when it ended well. Rejects with
 * REMOTE_PROGRAM and the program's words, or with the signal's reason; the program is then killed.
 */
export async function runArgo(
  { path, flags }: ArgoProgram,
  { words, object }: { readonly words: readonly string[]; readonly object: KubeObject | undefined },
  signal: AbortSignal,
): Promise<string> {
  if (!object) return run(path, [...flags, ...words], signal);
  const folder = await mkdtemp(join(tmpdir(), 'sensorium-argo-'));
  try {
    const file = join(folder, 'workflow.json');
    await writeFile(file, stringifyJson(object), { mode: 0o600 });
    return await run(path, [...flags, ...words.map((word) => (word === '<file>' ? file : word))], signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(path: string, words: readonly string[], signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawnGroup(path, words, signal);
    const out = heard(child.stdout);
    const problems = heard(child.stderr);
    child.on('error', (cause) => {
      const hint = 'is the program where --argo says?';
      reject(signal.aborted ? signal.reason : new EngineError('REMOTE_PROGRAM', { program: path, reason: cause.message }, { cause, hint }));
    });
    child.on('close', (code) => {
      if (code === 0) resolve(out());
      else reject(new EngineError('REMOTE_PROGRAM', { program: path, reason: lastLine(problems()) || `it ended with ${code}` }));
    });
  });
}

function heard(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (piece: string) => {
    if (text.length < mostHeard) text += piece;
  });
  return () => text.slice(0, mostHeard);
}

/** Where `argo` says why it gave up, without the time and level before it. */
function lastLine(text: string): string {
  const line = text.trim().split('\n').at(-1) ?? '';
  return /\bmsg="(.*)"$/.exec(line)?.[1] ?? line.replace(/^\S+\s+(?:FATA|ERRO)\S*\s+/, '').trim();
}
