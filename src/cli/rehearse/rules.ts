import type { JqEngine } from '../../core/jq/index.ts';
import { groupVersion } from '../../core/kube/resource-path.ts';
import { dialectOf } from '../../dialects/index.ts';
import type { PlacedFinding } from '../../manifests/document.ts';
import { kindOf } from '../../manifests/kinds.ts';
import { type Loaded, loadRules } from '../../manifests/load.ts';
import type { DialectFile } from './dialects/rules.ts';
import { type SensorFile, sensorsIn } from './sensors.ts';

interface RulesOptions {
  readonly jq?: JqEngine | undefined;
  /** No cluster tells where Services are: they are taken to be where their names say. */
  readonly assumesServices: boolean;
}

/** Rules that take events and can be rehearsed. */
export interface Rules {
  readonly sensors: readonly SensorFile[];
  readonly dialects: readonly DialectFile[];
  readonly findings: readonly PlacedFinding[];
}

/** Every one in files and folders. What is wrong with one is among the findings, and it is then not in the lists. */
export const rulesOf = async (paths: readonly string[], options: RulesOptions & { namespace?: string | undefined }): Promise<Rules> =>
  rulesIn(await loadRules(paths, options), options);

/** Every one among what was loaded. */
export async function rulesIn(loaded: Loaded, { jq, assumesServices }: RulesOptions): Promise<Rules> {
  const { sensors, findings } = sensorsIn(loaded, { jq });
  const others = loaded.objects.flatMap((one) => {
    const { apiVersion, kind } = one.object;
    const group = kindOf(one.object)?.group ?? groupVersion(String(apiVersion)).group;
    const dialect = dialectOf({ group, kind: String(kind) });
    return dialect ? [{ dialect, loaded: one }] : [];
  });
  if (others.length === 0) return { sensors, dialects: [], findings };
  const { dialectFilesIn } = await import('./dialects/rules.ts');
  const { files, findings: more } = await dialectFilesIn(others, { assumesServices });
  return { sensors, dialects: files, findings: [...findings, ...more] };
}
