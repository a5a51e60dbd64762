import { EngineError } from '../../../core/errors/engine-error.ts';
import { fromUnknown } from '../../../core/errors/from-unknown.ts';
import { type KubeObject, nameOf, type ResourceType } from '../../../core/kube/kube.ts';
import { watchResources } from '../../../core/kube/watch.ts';
import type { Simulation } from './index.ts';
import { type Life, type LifeControl, startLife } from './life.ts';

/** Plays one object. Ends when there is nothing more to do, or with its life. */
export type Play = (life: Life) => Promise<void>;

/** Plays each object of a resource once, from when it is first seen, all at the same time. Ends with the signal. */
export async function playAll(type: ResourceType, play: Play, simulation: Simulation): Promise<void> {
  const { kube, clock, tell, signal } = simulation;
  const lives = new Map<string, LifeControl>();

  function saw(object: KubeObject): void {
    const uid = String(object.metadata.uid);
    const known = lives.get(uid);
    if (known) {
      known.saw(object);
      return;
    }
    const control = startLife(object, type, simulation);
    lives.set(uid, control);
    play(control.life).catch((thrown) => {
      const isGone = control.life.signal.aborted || (thrown instanceof EngineError && thrown.code === 'REMOTE_KUBE_NOT_FOUND');
      if (!isGone) tell.workerFailed({ part: `simulated ${nameOf(type, object.metadata)}`, error: fromUnknown(thrown) });
    });
  }

  function gone(uid: string): void {
    lives.get(uid)?.end();
    lives.delete(uid);
  }

  const labels = { part: `simulated ${type.resource}` };
  for await (const unfolding of watchResources(
    kube,
    () => kube.resource(type.group, type.version, type.resource),
    {},
    { signal, clock, tell, labels },
  )) {
    if (unfolding.kind === 'snapshot') {
      const present = new Set(unfolding.items.map(({ metadata }) => String(metadata.uid)));
      for (const uid of lives.keys()) if (!present.has(uid)) gone(uid);
      unfolding.items.forEach(saw);
    } else {
      for (const change of unfolding.changes) change.gone ? gone(String(change.object.metadata.uid)) : saw(change.object);
    }
  }
}
