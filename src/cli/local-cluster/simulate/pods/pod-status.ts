import type { Json, JsonObject } from '../../../../core/json/json.ts';
import type { Container, Picture } from './picture.ts';

/** The fields of a Pod's status that a kubelet writes. */
export function statusOf(picture: Picture, now: string): JsonObject {
  const { podIP, startTime, init, containers, isOver } = picture;
  const exits = containers.map(({ state }) => (state['terminated'] as JsonObject | undefined)?.['exitCode']);
  const isReady = containers.every(({ state }) => 'running' in state);
  const hasBegun = containers.some(({ state, restarts }) => restarts > 0 || !('waiting' in state));
  const isInitialized = init.every(({ state, isSidecar }) => 'terminated' in state || (isSidecar && 'running' in state));
  const phase = isOver ? (exits.every((code) => code === 0) ? 'Succeeded' : 'Failed') : hasBegun ? 'Running' : 'Pending';
  const unready = phase === 'Succeeded' ? { reason: 'PodCompleted' } : phase === 'Failed' ? { reason: 'PodFailed' } : notReady;
  const condition = (type: string, isSo: boolean, otherwise: JsonObject = {}): Json => ({
    type,
    status: isSo ? 'True' : 'False',
    lastTransitionTime: isSo ? startTime : now,
    ...(isSo ? {} : otherwise),
  });
  return {
    phase,
    hostIP: '127.0.0.1',
    podIP,
    podIPs: [{ ip: podIP }],
    startTime,
    conditions: [
      condition('PodScheduled', true),
      condition('Initialized', isInitialized),
      condition('ContainersReady', isReady, unready),
      condition('Ready', isReady, unready),
    ],
    ...(init.length > 0 ? { initContainerStatuses: init.map(containerStatus) } : {}),
    containerStatuses: containers.map(containerStatus),
  };
}

const notReady = { reason: 'ContainersNotReady' };

function containerStatus({ name, image, restarts, state, lastState, isSidecar, part }: Container): JsonObject {
  const isInit = part === 'spec.initContainers' && !isSidecar;
  return {
    name,
    image,
    imageID: '',
    ready: isInit ? 'terminated' in state : 'running' in state,
    started: 'running' in state,
    restartCount: restarts,
    state,
    lastState,
  };
}
