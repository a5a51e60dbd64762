import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../../../core/errors/engine-error.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { loadRules } from '../../../manifests/load.ts';
import { packageRoot } from '../../package-root.ts';

/** Definitions of kinds that our examples meet and that a cluster would have from others: those of Tekton Pipelines, Knative's Service, OpenShift's Image. */
export async function foreignDefinitions(): Promise<KubeObject[]> {
  const folder = join(packageRoot(), 'examples', 'crds');
  if (!existsSync(folder))
    throw new EngineError('CONFIG_FILE_MISSING', { file: 'examples/crds', reason: 'it does not lie beside the program' });
  const { objects } = await loadRules([folder]);
  return objects.map(({ object }) => object as KubeObject);
}
