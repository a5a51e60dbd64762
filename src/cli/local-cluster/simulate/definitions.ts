import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../../../core/errors/engine-error.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { loadRules } from '../../../manifests/load.ts';

/** The folder of definitions in this package, which stands one folder higher once compiled. */
const places = ['../../../../examples/crds/', '../../../../../examples/crds/'];

/** Definitions of kinds that our examples meet and that a cluster would have from others: those of Tekton Pipelines, Knative's Service, OpenShift's Image. */
export async function foreignDefinitions(): Promise<KubeObject[]> {
  const folder = places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find(existsSync);
  if (folder === undefined)
    throw new EngineError('CONFIG_FILE_MISSING', { file: 'examples/crds', reason: 'it does not lie beside the program' });
  const { objects } = await loadRules([folder]);
  return objects.map(({ object }) => object as KubeObject);
}
