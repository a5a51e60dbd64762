import { at } from '../kinds/columns.ts';
import { badRequest, notFound } from '../status.ts';
import type { Target } from '../target.ts';
import type { World } from '../world.ts';

/** What a node would answer for a pod that runs there. */
const streams: ReadonlySet<string> = new Set(['attach', 'exec', 'log', 'portforward']);

export function isPodStream({ resource, subresource }: Target): boolean {
  return resource.storedAs === 'pods' && streams.has(subresource ?? '');
}

/** Throws the reason why there is none: no pod runs here, even where one is played. */
export function refusePodStream(world: World, { resource, namespace, name, subresource }: Target): never {
  const pod = world.store.collection(resource.storedAs).get(namespace ?? '', name!);
  if (!pod) throw notFound(resource, name!);
  const what = subresource === 'log' ? 'there is no log of it' : 'nothing can be done inside it';
  if (at(pod, 'status', 'startTime') !== undefined)
    throw badRequest(
      `pod "${name}" is only played, so ${what}: the simulated node starts and ends containers, and executes nothing in them`,
    );
  throw badRequest(`pod "${name}" does not run, so ${what}: the local Kubernetes API keeps objects and runs none of them`);
}
