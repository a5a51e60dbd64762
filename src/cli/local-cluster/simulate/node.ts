import type { KubeObject, ResourceType } from '../../../core/kube/kube.ts';
import { objectPath } from '../../../core/kube/resource-path.ts';
import type { Simulation } from './index.ts';
import { now } from './life.ts';

/** The name of the node that is played. */
export const nodeName = 'simulated';

const nodes: ResourceType = { group: '', version: 'v1', resource: 'nodes', kind: 'Node', namespaced: false };
const room = { cpu: '8', memory: '16Gi', pods: '110' };

/** The node, for `kubectl get nodes`. */
export async function makeNode({ kube, clock, signal }: Simulation): Promise<void> {
  const node: KubeObject = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: nodeName, labels: { 'kubernetes.io/hostname': nodeName } },
  };
  const made = await kube.apply(nodes, node, { fieldManager: 'sensorium-simulate', force: true, signal });
  const at = now({ clock });
  const ready = {
    type: 'Ready',
    status: 'True',
    reason: 'Simulated',
    message: 'Pods are played here: nothing in them is run',
    lastHeartbeatTime: at,
    lastTransitionTime: at,
  };
  const status = { capacity: room, allocatable: room, conditions: [ready], nodeInfo: { kubeletVersion: 'simulated' } };
  await kube.raw('PUT', `${objectPath(nodes, made.metadata)}/status`, { ...made, status }, { signal });
}
