import { badRequest, notFound } from '../status.ts';
import type { Target } from '../target.ts';
import type { World } from '../world.ts';

/** What a node would answer for a pod that runs there. */
const streams: ReadonlySet<string> = new Set(['attach', 'exec', 'log', 'portforward']);

export function isPodStream({ resource, subresource }: Target): boolean {
  return resource.storedAs === 'pods' && streams.has(subresource ?? '');
}

/** Throws the reason why there is none: no pod runs here. */
export function refusePodStream(world: World, { resource, namespace, name, subresource }: Target): never {
  if (!world.store.collection(resource.storedAs).get(namespace ?? '', name!)) throw notFound(resource, name!);
  const what = subresource === 'log' ? 'there is no log of it' : 'nothing can be done inside it';
  throw badRequest(`pod "${name}" does not run, so ${what}: the local Kubernetes API keeps objects and runs none of them`);
}
