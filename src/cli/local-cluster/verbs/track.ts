import type { KubeObject } from '../../../core/kube/kube.ts';
import type { Target } from '../target.ts';
import type { World } from '../world.ts';
import type { WriteOptions } from './options.ts';

export function trackWrite(
  _world: World,
  _target: Target,
  _options: WriteOptions,
  _previous: KubeObject | undefined,
  object: KubeObject,
): KubeObject {
  return object;
}
