import { randomUUID } from 'node:crypto';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { shownAs } from '../kinds/resource.ts';
import { generateName } from '../names.ts';
import { alreadyExists, badRequest } from '../status.ts';
import type { Target } from '../target.ts';
import { timestamp, type World } from '../world.ts';
import { finish } from './finish.ts';
import { ensureNamespace } from './namespaces.ts';
import type { WriteOptions } from './options.ts';
import { trackWrite } from './track.ts';

/** POST: stores a new object and answers it. Throws 409 when the name is taken. */
export async function create(world: World, target: Target, wanted: KubeObject, options: WriteOptions): Promise<KubeObject> {
  if (target.resource.virtual) return target.resource.virtual(wanted);
  if (wanted.metadata.resourceVersion) throw badRequest('resourceVersion should not be set on objects to be created');
  return insert(world, target, wanted, options, (made) => trackWrite(world, target, options, undefined, made));
}

/** Stores a new object; `track` notes in it who owns which fields. */
export async function insert(
  world: World,
  target: Target,
  wanted: KubeObject,
  options: WriteOptions,
  track: (made: KubeObject) => KubeObject,
): Promise<KubeObject> {
  checkNamespace(target, wanted);
  const { resource, version } = target;
  const collection = world.store.collection(resource.storedAs);
  const prefix = wanted.metadata.name ? undefined : wanted.metadata.generateName;
  const object = await finish(world, target, fresh(world, target, wanted), undefined, options);
  object.metadata = track(object).metadata;
  const namespace = target.namespace ?? '';
  while (collection.get(namespace, object.metadata.name)) {
    if (prefix === undefined) throw alreadyExists(resource, object.metadata.name);
    object.metadata.name = generateName(prefix);
  }
  if (target.namespace !== undefined && !options.dryRun) ensureNamespace(world, target, object.metadata.name);
  if (options.dryRun) return object;
  return shownAs(target, collection.put(version.toStored?.(object) ?? object));
}

export function checkNamespace(target: Target, object: KubeObject): void {
  const said = object.metadata.namespace;
  if (said && target.namespace === undefined) delete (object.metadata as Partial<KubeObject['metadata']>).namespace;
  else if (said && said !== target.namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
}

/** A new object with the metadata that only the server gives. A status is the work of others, later. */
function fresh(world: World, target: Target, wanted: KubeObject): KubeObject {
  const { name, generateName: prefix, ...said } = wanted.metadata;
  for (const field of ['uid', 'creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'generation', 'selfLink'])
    delete said[field];
  const metadata: KubeObject['metadata'] = {
    name: name || (prefix ? generateName(prefix) : ''),
    ...(prefix ? { generateName: prefix } : {}),
    ...(target.namespace === undefined ? {} : { namespace: target.namespace }),
    uid: randomUUID(),
    creationTimestamp: timestamp(world.clock),
    ...(target.resource.generation ? { generation: 1 } : {}),
    ...said,
  };
  const object: KubeObject = { ...wanted, metadata };
  if (target.version.status) delete object.status;
  return object;
}
