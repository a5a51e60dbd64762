/**
 * A simulated node for the local API: what a scheduler, a kubelet, the controller of Jobs and Tekton would write, without running anything.
 *
 * Pods are scheduled, start and end; Jobs make their Pods; PipelineRuns and TaskRuns go on and end; each with the core Events that people
 * know. How something ends, and after how long, its annotations say (`wish.ts`). It is one more client of the API, so kubectl, watches and
 * rules see exactly what they would see of a cluster. It must never be given the client of a real one.
 */
import type { Kube, ResourceType } from '../../../core/kube/kube.ts';
import type { Tell } from '../../../core/telemetry/tell.ts';
import type { Clock } from '../../../core/time/clock.ts';

export { foreignDefinitions } from './definitions.ts';

import { playJob } from './jobs/play-job.ts';
import { makeNode } from './node.ts';
import { type Play, playAll } from './play-all.ts';
import { podPlayer } from './pods/play-pod.ts';
import { playRun } from './runs/play-run.ts';

export interface SimulateOptions {
  readonly kube: Kube;
  readonly clock: Clock;
  readonly tell: Tell;
  readonly signal: AbortSignal;
}

export interface Simulation extends SimulateOptions {
  /** The end of the name of an Event: never the same twice, later ones after earlier ones, as clusters have them. */
  noteId(): string;
}

const resource = (group: string, version: string, plural: string, kind: string): ResourceType => ({
  group,
  version,
  resource: plural,
  kind,
  namespaced: true,
});

/** Plays until the signal aborts. Kinds that are not there yet are waited for. */
export async function simulate(options: SimulateOptions): Promise<void> {
  let notes = 0;
  const noteId = (): string => (BigInt(options.clock.now()) * 1_000_000n + BigInt(notes++ % 1_000_000)).toString(16);
  const simulation: Simulation = { ...options, noteId };
  await makeNode(simulation);
  const plays: readonly (readonly [ResourceType, Play])[] = [
    [resource('', 'v1', 'pods', 'Pod'), podPlayer()],
    [resource('batch', 'v1', 'jobs', 'Job'), playJob],
    [resource('tekton.dev', 'v1', 'pipelineruns', 'PipelineRun'), playRun],
    [resource('tekton.dev', 'v1', 'taskruns', 'TaskRun'), playRun],
  ];
  await Promise.all(plays.map(([type, play]) => playAll(type, play, simulation)));
}
