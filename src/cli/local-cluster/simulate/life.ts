import { EngineError } from '../../../core/errors/engine-error.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import type { KubeObject, ResourceType } from '../../../core/kube/kube.ts';
import { objectPath } from '../../../core/kube/resource-path.ts';
import type { Simulation } from './index.ts';

/** One object while it is played, from when it is first seen until it is gone. */
export interface Life extends Omit<Simulation, 'signal'> {
  readonly type: ResourceType;
  /** Aborts when the object is gone, or the simulation ends. */
  readonly signal: AbortSignal;
  /** Aborts only when the simulation ends: for what follows from the object's end. */
  readonly outlives: AbortSignal;
  /** As it was seen last. */
  latest(): KubeObject;
  /** Resolves after so many milliseconds, or as soon as the object is as asked for, or with the life; true when it is as asked for. */
  until(milliseconds: number, isSo: (object: KubeObject) => boolean): Promise<boolean>;
  /** Writes what is made of the object's status as it is now. Leaves it where `change` answers undefined. */
  setStatus(change: (status: JsonObject, object: KubeObject) => JsonObject | undefined): Promise<void>;
}

export interface LifeControl {
  readonly life: Life;
  saw(object: KubeObject): void;
  end(): void;
}

/** What a timer can hold, in milliseconds. */
const longestSleep = 2 ** 31 - 1;

export function startLife(first: KubeObject, type: ResourceType, simulation: Simulation): LifeControl {
  const { kube, clock } = simulation;
  const gone = new AbortController();
  const signal = AbortSignal.any([simulation.signal, gone.signal]);
  let object = first;
  let wake = new AbortController();

  async function until(milliseconds: number, isSo: (object: KubeObject) => boolean): Promise<boolean> {
    const end = clock.monotonic() + milliseconds;
    while (!signal.aborted && !isSo(object)) {
      const left = end - clock.monotonic();
      if (left <= 0) return false;
      await clock.sleep(Math.min(left, longestSleep), AbortSignal.any([signal, wake.signal]));
    }
    return !signal.aborted;
  }

  async function setStatus(change: (status: JsonObject, object: KubeObject) => JsonObject | undefined): Promise<void> {
    while (!signal.aborted) {
      const live = await kube.get(type, object.metadata, { signal });
      const status = live.metadata.uid === object.metadata.uid ? change(isObject(live['status']) ? live['status'] : {}, live) : undefined;
      if (!status) return;
      try {
        await writeStatus({ ...live, status });
        return;
      } catch (thrown) {
        if (codeOf(thrown) !== 'CONFLICT_KUBE') throw thrown;
      }
    }
  }

  /** A definition may leave the status a part of the object; then there is nothing at its own path. */
  async function writeStatus(changed: KubeObject): Promise<void> {
    try {
      await kube.raw('PUT', `${objectPath(type, changed.metadata)}/status`, changed, { signal });
    } catch (thrown) {
      if (codeOf(thrown) !== 'REMOTE_KUBE_NOT_FOUND') throw thrown;
      await kube.replace(type, changed, { signal });
    }
  }

  return {
    life: { ...simulation, type, signal, outlives: simulation.signal, latest: () => object, until, setStatus },
    saw(next) {
      object = next;
      const before = wake;
      wake = new AbortController();
      before.abort();
    },
    end: () => gone.abort(),
  };
}

const codeOf = (thrown: unknown): string | undefined => (thrown instanceof EngineError ? thrown.code : undefined);

/** The time as objects carry it: UTC, whole seconds. */
export const now = ({ clock }: Pick<Life, 'clock'>): string => `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;

/** Conditions of Kubernetes with one more, or one changed; its time stays where its status does. */
export function withCondition(conditions: Json | undefined, condition: JsonObject, at: string): Json[] {
  const all = Array.isArray(conditions) ? conditions : [];
  const before = all.find((one) => isObject(one) && one['type'] === condition['type']) as JsonObject | undefined;
  const since = before && before['status'] === condition['status'] ? (before['lastTransitionTime'] ?? at) : at;
  return [...all.filter((one) => one !== before), { ...condition, lastTransitionTime: since }];
}
