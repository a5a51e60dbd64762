/**
 * Where a trigger's object comes from: the rule itself, a file, a page, a ConfigMap, a git repository or a bucket. For every trigger with a
 * `source` (`k8s`, `argoWorkflow`, `tekton`): `artifactSpec` in its schema, `checkArtifact` in its check, `writtenArtifact` in its
 * `compile`, and `loadArtifact` in its `load`.
 *
 * What is fetched is kept by what tells one version from the next (a file's time, an ETag, a commit), and parsed once; a firing asks
 * whether it is still the same, which is cheap, and firings at the same time ask once.
 */
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { Json } from '../../../src/core/json/json.ts';
import type { TriggerContext } from '../trigger.ts';
import { configmapArtifact } from './configmap.ts';
import { fileArtifact } from './file.ts';
import { gitArtifact } from './git.ts';
import { type Fetch, Kept } from './kept.ts';
import { s3Artifact } from './s3.ts';
import type { ArtifactSpec } from './spec.ts';
import { urlArtifact } from './url.ts';
import { writtenArtifact } from './written.ts';

export { checkArtifact } from './check.ts';
export { type ArtifactSpec, artifactSpec } from './spec.ts';
export { writtenArtifact } from './written.ts';

/**
 * The object, from wherever it is; it is shared, so treat it as frozen. Rejects with CONFIG_FILE_MISSING when it cannot be had, CONFIG_YAML when it
 * cannot be read, CONFIG_SECRET, UNREACHABLE_KUBE or REMOTE_KUBE_*.
 */
export async function loadArtifact(spec: ArtifactSpec, context: TriggerContext): Promise<Json> {
  const written = writtenArtifact(spec);
  if (written !== undefined) return written;
  const fetch = fetchOf(spec, context);
  if (!fetch) throw new EngineError('EVENT_RENDERED_INVALID', { problem: `${context.firing.trigger} has no source for its object` });
  const { clients, clock, signal, firing } = context;
  const kept = await clients.get('artifacts', async () => new Kept(clock));
  return kept.get(`${firing.namespace} ${JSON.stringify(spec)}`, fetch, signal);
}

/** Argo's order. */
function fetchOf({ s3, file, url, git, configmap }: ArtifactSpec, context: TriggerContext): Fetch | undefined {
  if (s3) return s3Artifact(s3, context);
  if (file) return fileArtifact(file);
  if (url) return urlArtifact(url);
  if (git) return gitArtifact(git, context);
  return configmap && configmapArtifact(configmap, context);
}
