/**
 * What an object's status says of a rule: one condition of type `Ready`, in the shape of Argo's conditions.
 *
 * Argo's controller writes conditions of other types (`Deployed`, `SourcesProvided`, …) and leaves ours alone, as we leave its. What
 * `Ready` says follows from the object alone, so that several processes that run it say the same and need no agreement.
 */
import { isObject, type Json, type JsonObject } from '../../core/json/json.ts';
import { stringifyJson } from '../../core/json/stringify.ts';
import type { KubeObject } from '../../core/kube/kube.ts';

/** What we know of a rule. */
export interface Ready {
  /** `Unknown` while it is accepted but does not run yet. */
  readonly status: 'True' | 'False' | 'Unknown';
  /** One word, in the way of Kubernetes: `TransformDoesNotCompile`. */
  readonly reason: string;
  readonly message: string;
  /** What its users look at beside the condition: `address`, `sinkUri`. */
  readonly more?: JsonObject;
}

const type = 'Ready';
/** Characters; a status is no place for a whole program. */
const longestMessage = 2_048;

/** The condition that an object carries now. */
export function readyOf(object: KubeObject): JsonObject | undefined {
  return conditionsOf(object).find((one) => one['type'] === type);
}

/**
 * The object's status with this in it; undefined when there is nothing to write. Pure.
 *
 * Who only waits says nothing where somebody said of this generation whether it is ready. An EventBus that Argo's controller keeps is never called not ready: that controller would stop to deploy what uses it.
 */
export function statusWith(object: KubeObject, ready: Ready, now: Date): JsonObject | undefined {
  const { generation } = object.metadata;
  const old = readyOf(object);
  const conditions = conditionsOf(object);
  const isKeptByArgo = conditions.some((one) => one['type'] === 'Deployed');
  if (object.kind === 'EventBus' && isKeptByArgo && ready.status !== 'True') return undefined;
  const message = ready.message.length > longestMessage ? `${ready.message.slice(0, longestMessage - 1)}…` : ready.message;
  const isSame =
    old !== undefined &&
    old['status'] === ready.status &&
    old['reason'] === ready.reason &&
    old['message'] === message &&
    old['observedGeneration'] === generation &&
    isSaid(object, ready.more);
  if (isSame) return undefined;
  if (ready.status === 'Unknown' && old && old['status'] !== 'Unknown' && old['observedGeneration'] === generation) return undefined;
  const since = old?.['status'] === ready.status ? old['lastTransitionTime'] : undefined;
  const condition: JsonObject = {
    type,
    status: ready.status,
    reason: ready.reason,
    message,
    lastTransitionTime: since ?? `${now.toISOString().slice(0, 19)}Z`,
    ...(generation === undefined ? {} : { observedGeneration: generation }),
  };
  return {
    ...(isObject(object['status']) ? object['status'] : {}),
    ...ready.more,
    conditions: [...conditions.filter((one) => one['type'] !== type), condition],
    ...(generation === undefined ? {} : { observedGeneration: generation }),
  };
}

/** Whether all of it stands in the status already. */
function isSaid({ status }: KubeObject, more: JsonObject = {}): boolean {
  const known = isObject(status) ? status : {};
  return Object.entries(more).every(([name, value]) => name in known && stringifyJson(known[name]!) === stringifyJson(value));
}

function conditionsOf({ status }: KubeObject): JsonObject[] {
  const conditions: Json | undefined = isObject(status) ? status['conditions'] : undefined;
  return Array.isArray(conditions) ? conditions.filter(isObject) : [];
}
