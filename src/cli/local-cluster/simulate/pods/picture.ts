import type { JsonObject } from '../../../../core/json/json.ts';
import type { KubeObject } from '../../../../core/kube/kube.ts';
import { at, listAt } from '../../kinds/columns.ts';

/** What the node knows of a Pod. */
export interface Picture {
  readonly podIP: string;
  readonly startTime: string;
  readonly init: readonly Container[];
  readonly containers: readonly Container[];
  /** Nothing of it is started any more. */
  isOver: boolean;
}

/** One container of it. */
export interface Container {
  readonly name: string;
  readonly image: string;
  /** Its `imagePullPolicy`. */
  readonly pulls: string;
  /** The list that it stands in: `spec.containers`. */
  readonly part: string;
  /** An init container that runs on beside the others. */
  readonly isSidecar: boolean;
  restarts: number;
  /** One of `waiting`, `running`, `terminated`, as in the status. */
  state: JsonObject;
  lastState: JsonObject;
}

/** A container's state once it has ended. */
export function ended(before: JsonObject, exitCode: number, finishedAt: string): JsonObject {
  const startedAt = at(before, 'running', 'startedAt') as string | undefined;
  return { terminated: { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', startedAt: startedAt ?? finishedAt, finishedAt } };
}

/** A Pod as a node first sees it. */
export function newPicture(pod: KubeObject, podIP: string, startTime: string): Picture {
  const containersIn = (field: 'initContainers' | 'containers'): Container[] =>
    listAt(pod, 'spec', field).map((one) => ({
      name: String(at(one, 'name')),
      image: String(at(one, 'image')),
      pulls: String(at(one, 'imagePullPolicy')),
      part: `spec.${field}`,
      isSidecar: at(one, 'restartPolicy') === 'Always',
      restarts: 0,
      state: { waiting: { reason: listAt(pod, 'spec', 'initContainers').length > 0 ? 'PodInitializing' : 'ContainerCreating' } },
      lastState: {},
    }));
  return { podIP, startTime, init: containersIn('initContainers'), containers: containersIn('containers'), isOver: false };
}
