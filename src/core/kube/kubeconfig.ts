import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { closest } from '../errors/closest.ts';
import { EngineError } from '../errors/engine-error.ts';
import { fileReasonOf, reasonOf } from '../errors/from-unknown.ts';
import { isObject, type Json, type JsonObject } from '../json/json.ts';
import { parseYaml } from '../yaml/parse.ts';
import { badConfig } from './bad-config.ts';

/** What one context of a kubeconfig names, in the kubeconfig's own words; paths in it are absolute. */
export interface Chosen {
  readonly namespace: string;
  readonly cluster: JsonObject;
  readonly user: JsonObject;
  readonly userName: string;
}

/** The lists of a kubeconfig by name. */
interface Merged {
  readonly clusters: Map<string, JsonObject>;
  readonly users: Map<string, JsonObject>;
  readonly contexts: Map<string, JsonObject>;
  current: string;
}

/** Merges kubeconfigs as kubectl does: of two entries with the same name the first counts. Missing files are skipped unless they must exist. */
export async function readKubeconfigs(
  paths: readonly string[],
  { context, mustExist }: { context?: string | undefined; mustExist: boolean },
): Promise<Chosen> {
  const merged: Merged = { clusters: new Map(), users: new Map(), contexts: new Map(), current: '' };
  let found = 0;
  for (const path of paths) {
    const file = await readOne(path, mustExist);
    if (!file) continue;
    found += 1;
    addTo(merged, file, path);
  }
  if (found === 0)
    throw badConfig(`none found (looked for ${paths.join(', ')})`, { hint: 'name one with --kubeconfig, or set KUBECONFIG' });
  return choose(merged, context ?? merged.current);
}

async function readOne(path: string, mustExist: boolean): Promise<JsonObject | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (!mustExist && (cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw badConfig(`cannot read ${path}: ${fileReasonOf(cause)}`, { cause });
  }
  try {
    const value = parseYaml(text);
    if (isObject(value)) return value;
  } catch (cause) {
    throw badConfig(`${path} is not valid YAML: ${cause instanceof EngineError ? cause.fields.reason : reasonOf(cause)}`, { cause });
  }
  throw badConfig(`${path} is no kubeconfig`);
}

function addTo(merged: Merged, file: JsonObject, path: string): void {
  for (const [list, inner] of [
    ['clusters', 'cluster'],
    ['users', 'user'],
    ['contexts', 'context'],
  ] as const) {
    for (const entry of Array.isArray(file[list]) ? file[list].filter(isObject) : []) {
      const name = String(entry.name);
      const value = entry[inner];
      if (!merged[list].has(name)) merged[list].set(name, isObject(value) ? withAbsolutePaths(value, dirname(path)) : {});
    }
  }
  if (merged.current === '' && typeof file['current-context'] === 'string') merged.current = file['current-context'];
}

/** Paths in a kubeconfig are relative to its own folder. */
function withAbsolutePaths(entry: JsonObject, folder: string): JsonObject {
  const absolute = { ...entry };
  for (const field of ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile']) {
    const path = entry[field];
    if (typeof path === 'string' && path !== '') absolute[field] = resolve(folder, path);
  }
  const { exec } = entry;
  if (isObject(exec) && typeof exec.command === 'string' && exec.command.includes('/'))
    absolute.exec = { ...exec, command: resolve(folder, exec.command) };
  return absolute;
}

function choose({ clusters, users, contexts }: Merged, name: string): Chosen {
  if (name === '') throw badConfig('it has no current context', { hint: 'choose one with --context, or `kubectl config use-context`' });
  const context = entry(contexts, 'context', name);
  const userName = text(context.user);
  const cluster = entry(clusters, 'cluster', text(context.cluster));
  if (text(cluster.server) === '') throw badConfig(`the cluster "${text(context.cluster)}" has no server`);
  return {
    namespace: text(context.namespace) || 'default',
    cluster,
    user: userName === '' ? {} : entry(users, 'user', userName),
    userName,
  };
}

function entry(entries: Map<string, JsonObject>, what: string, name: string): JsonObject {
  const found = entries.get(name);
  if (found) return found;
  const near = closest(name, entries.keys());
  throw badConfig(`there is no ${what} "${name}"`, near === undefined ? {} : { hint: `did you mean "${near}"?` });
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
