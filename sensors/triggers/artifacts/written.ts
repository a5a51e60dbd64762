import type { Json } from '../../../src/core/json/json.ts';
import { parseYaml } from '../../../src/core/yaml/parse.ts';
import type { ArtifactSpec } from './spec.ts';

/** The object, where it stands in the rule itself; undefined where it has to be loaded. Throws EngineError CONFIG_YAML. */
export function writtenArtifact({ s3, inline, file, url, git, configmap, resource }: ArtifactSpec): Json | undefined {
  if (s3) return undefined;
  if (inline) return parseYaml(inline);
  return file || url || git || configmap ? undefined : (resource as Json | undefined);
}
