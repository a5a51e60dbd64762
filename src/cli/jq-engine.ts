import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { EngineError } from '../core/errors/engine-error.ts';
import { type ExternalJq, openExternalJq } from '../core/jq/index.ts';
import { systemClock } from '../core/time/clock.ts';

/**
 * The engine that `--jq-engine` names, to be disposed of at the end; undefined without the flag. `jq` and `gojq` are looked for as JQ_PATH,
 * then among what node-jq has installed (a jq), then on PATH; anything else is the path of a file. Throws CONFIG_JQ_ENGINE.
 */
export function openJqEngine(name: string | undefined): ExternalJq | undefined {
  if (name === undefined) return undefined;
  return openExternalJq({ path: findJq(name), prlimit: onPath('prlimit'), clock: systemClock });
}

function findJq(name: string): string {
  if (name !== 'jq' && name !== 'gojq') {
    const path = resolve(name);
    if (existsSync(path)) return path;
    throw new EngineError('CONFIG_JQ_ENGINE', { problem: `there is no file ${path}` });
  }
  const named = process.env['JQ_PATH'];
  if (named) {
    if (existsSync(named)) return resolve(named);
    throw new EngineError('CONFIG_JQ_ENGINE', { problem: `JQ_PATH names ${named}, and there is no such file` });
  }
  const found = (name === 'jq' ? fromNodeJq() : undefined) ?? onPath(name);
  if (found) return found;
  const places =
    name === 'jq'
      ? 'JQ_PATH is not set, node-jq is not installed, and no folder on PATH has it'
      : 'JQ_PATH is not set, and no folder on PATH has it';
  throw new EngineError('CONFIG_JQ_ENGINE', { problem: `there is no ${name}: ${places}` });
}

/** The program that the package node-jq brings. Only its file is used, never its code. */
function fromNodeJq(): string | undefined {
  try {
    const path = join(createRequire(import.meta.url).resolve('node-jq/package.json'), '../bin/jq');
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function onPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(isAbsolute);
  return folders.map((folder) => join(folder, name)).find(existsSync);
}
