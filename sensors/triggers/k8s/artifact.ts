import { readFile } from 'node:fs/promises';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { reasonOf } from '../../../src/core/errors/from-unknown.ts';
import { fetchText } from '../../../src/core/http/fetch-text.ts';
import { isObject, type Json } from '../../../src/core/json/json.ts';
import { parseYaml } from '../../../src/core/yaml/parse.ts';
import type { TriggerContext } from '../trigger.ts';
import type { ArtifactSpec } from './spec.ts';

/** What cannot be fetched yet. */
export const unbuiltArtifacts = ['s3', 'git'] as const;

/** The object, where it stands in the rule itself. */
export function writtenObject({ inline, file, url, configmap, resource }: ArtifactSpec): Json | undefined {
  if (inline) return parseYaml(inline);
  return file || url || configmap ? undefined : (resource as Json | undefined);
}

/** Reads the object from the file, the page or the ConfigMap that the rule names. */
export async function readObject({ file, url, configmap }: ArtifactSpec, context: TriggerContext): Promise<Json> {
  if (file) return parseYaml(await readText(file.path));
  if (url) return parseYaml(await fetchText(url.path, { verify: url.verifyCert, signal: context.signal }));
  if (configmap) return parseYaml(await readKey(configmap, context));
  throw new EngineError('EVENT_RENDERED_INVALID', { problem: 'k8s trigger does not contain an absolute action' });
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    throw new EngineError('CONFIG_FILE_MISSING', { file: path, reason: reasonOf(thrown) }, { cause: thrown, retry: 'backoff' });
  }
}

async function readKey({ name, key }: { name: string; key: string }, { kube, firing, signal }: TriggerContext): Promise<string> {
  const type = await kube.resource('', 'v1', 'configmaps');
  const { data } = await kube.get(type, { name, namespace: firing.namespace }, { signal });
  const text = isObject(data) ? data[key] : undefined;
  if (typeof text === 'string') return text;
  const reason = `ConfigMap ${firing.namespace}/${name} has no key "${key}"`;
  throw new EngineError('CONFIG_FILE_MISSING', { file: key, reason }, { retry: 'backoff' });
}
