import { EngineError } from '../../core/errors/engine-error.ts';
import { fromUnknown } from '../../core/errors/from-unknown.ts';
import type { KubeObject, ResourceType } from '../../core/kube/kube.ts';
import { objectPath } from '../../core/kube/resource-path.ts';
import { waitAfter } from '../../core/time/backoff.ts';
import type { StatusContext } from './context.ts';
import { type Ready, readyOf, statusWith } from './ready.ts';

export interface Statuses {
  /** The object as the API server has it now. A condition that somebody took away is put back. */
  saw(type: ResourceType, object: KubeObject): void;
  gone(object: KubeObject): void;
  /** Writes what is known of this generation of the object, unless it stands there already. */
  set(object: KubeObject, ready: Ready): void;
}

interface Kept {
  readonly type: ResourceType;
  object: KubeObject;
  said: { readonly ready: Ready; readonly generation: number | undefined } | undefined;
  isBusy: boolean;
}

const backoff = { first: 500, ceiling: 30_000 };

/**
 * Writes statuses. What stands there already is not written again, and a write is refused by the API server when the object has changed
 * meanwhile: then it is read and compared anew. A lack of rights and a server that is away are told once and waited for.
 */
export function keepStatuses({ kube, clock, tell, signal }: StatusContext): Statuses {
  const kept = new Map<string, Kept>();
  let told: string | undefined;

  async function write(one: Kept): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      const { said, object, type } = one;
      if (!said || said.generation !== object.metadata.generation) return;
      const status = statusWith(object, said.ready, new Date(clock.now()));
      if (!status) return;
      try {
        const answer = await kube.raw('PUT', `${objectPath(type, object.metadata)}/status`, { ...object, status }, { signal });
        one.object = answer as KubeObject;
        told = undefined;
      } catch (thrown) {
        if (signal.aborted) return;
        const error = fromUnknown(thrown);
        if (error.code === 'REMOTE_KUBE_NOT_FOUND') return;
        failures += 1;
        if (error.code === 'CONFLICT_KUBE') await readAgain(one);
        else if (told !== error.code)
          tell.statusUnwritten({ kind: object.kind, namespace: object.metadata.namespace, name: object.metadata.name, error });
        if (error.code !== 'CONFLICT_KUBE') told = error.code;
        await clock.sleep(waitAfter(failures, backoff), signal);
      }
    }
  }

  async function readAgain(one: Kept): Promise<void> {
    try {
      one.object = await kube.get(one.type, one.object.metadata, { signal });
    } catch (thrown) {
      if (thrown instanceof EngineError && thrown.code === 'REMOTE_KUBE_NOT_FOUND') one.said = undefined;
    }
  }

  function begin(one: Kept): void {
    if (one.isBusy) return;
    one.isBusy = true;
    void write(one).finally(() => {
      one.isBusy = false;
    });
  }

  const idOf = ({ metadata }: KubeObject): string => String(metadata.uid);
  return {
    saw(type, object) {
      const one = kept.get(idOf(object)) ?? { type, object, said: undefined, isBusy: false };
      one.object = object;
      kept.set(idOf(object), one);
      if (one.said && !readyOf(object)) begin(one);
    },
    gone: (object) => void kept.delete(idOf(object)),
    set(object, ready) {
      const one = kept.get(idOf(object));
      if (!one) return;
      one.said = { ready, generation: object.metadata.generation };
      begin(one);
    },
  };
}
