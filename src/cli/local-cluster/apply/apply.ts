import type { KubeObject } from '../../../core/kube/kube.ts';
import type { Target } from '../target.ts';
import type { WriteOptions } from '../verbs/options.ts';
import type { World } from '../world.ts';

export async function applyObject(
  _world: World,
  _target: Target,
  _wanted: KubeObject,
  _options: WriteOptions,
  _manager: string | null,
): Promise<{ object: KubeObject; created: boolean }> {
  throw new Error('not yet');
}
