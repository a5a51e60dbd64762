import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { readJson } from '../body.ts';
import { definitionKind } from '../crd/definition-kind.ts';
import { at, listAt } from '../kinds/columns.ts';
import { shownAs } from '../kinds/resource.ts';
import { representList } from '../represent.ts';
import type { Answer, ApiRequest } from '../request.ts';
import { conflict, notFound } from '../status.ts';
import type { Target } from '../target.ts';
import { timestamp, type World } from '../world.ts';
import { selectionOf } from './select.ts';

/** DELETE of one object: gone at once, or marked when finalizers hold it. Grace periods are not waited for: nothing runs here. */
export function deleteOne(world: World, target: Target, request: ApiRequest): Answer {
  const { resource, name } = target;
  const live = world.store.collection(resource.storedAs).get(target.namespace ?? '', name!);
  if (!live) throw notFound(resource, name!);
  const options = readOptions(request);
  checkPreconditions(target, live, options);
  const left = isDryRun(request, options) ? undefined : remove(world, target, live);
  if (left) return { code: 200, body: shownAs(target, left) };
  const { group, resource: kind } = resource;
  const details = { name: name!, ...(group === '' ? {} : { group }), kind, uid: live.metadata.uid! };
  return { code: 200, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details } };
}

/** DELETE of a collection: everything that matches the selectors. Answers what it was. */
export function deleteMany(world: World, target: Target, request: ApiRequest): Answer {
  const { matches } = selectionOf(target, request.query);
  const stored = world.store.collection(target.resource.storedAs).list(target.namespace);
  const chosen = stored.filter((object) => matches(shownAs(target, object)));
  if (!isDryRun(request, readOptions(request))) for (const object of chosen) remove(world, target, object);
  const items = chosen.map((object) => shownAs(target, object));
  return { code: 200, body: representList(world, target, request, items, { resourceVersion: String(world.store.revision()) }) };
}

/** What follows from a write: an object that waits for its last finalizer goes when that is taken off. Answers the object's last state. */
export function afterUpdate(world: World, target: Target, written: KubeObject): KubeObject {
  if (written.metadata.deletionTimestamp === undefined || isHeld(world, target, written)) return written;
  drop(world, target, written);
  return written;
}

/** Removes an object, or marks it as deleted; then it answers the marked object. */
function remove(world: World, target: Target, live: KubeObject): KubeObject | undefined {
  if (target.resource.storedAs === definitionKind.storedAs) dropInstances(world, live);
  if (!isNamespace(target) && !isHeld(world, target, live)) {
    drop(world, target, live);
    return undefined;
  }
  let marked = live;
  if (live.metadata.deletionTimestamp === undefined) {
    const { generation } = live.metadata;
    const metadata = {
      ...live.metadata,
      deletionTimestamp: timestamp(world.clock),
      deletionGracePeriodSeconds: 0,
      ...(generation === undefined ? {} : { generation: generation + 1 }),
    };
    const status = isNamespace(target) ? { status: { ...(live.status as JsonObject), phase: 'Terminating' } } : {};
    marked = world.store.collection(target.resource.storedAs).put({ ...live, metadata, ...status });
  }
  if (isNamespace(target)) empty(world, live.metadata.name);
  return world.store.collection(target.resource.storedAs).get(live.metadata.namespace ?? '', live.metadata.name) && marked;
}

function drop(world: World, target: Target, object: KubeObject): void {
  const { namespace = '', name } = object.metadata;
  world.store.collection(target.resource.storedAs).remove(namespace, name);
  if (namespace !== '') dropEmptied(world, namespace);
}

/** Whether something keeps a deleted object: finalizers, and of a namespace what is in it. */
function isHeld(world: World, target: Target, object: KubeObject): boolean {
  if (listAt(object, 'metadata', 'finalizers').length > 0) return true;
  return isNamespace(target) && !isEmptied(world, object.metadata.name);
}

function isNamespace(target: { readonly resource: Target['resource'] }): boolean {
  return target.resource.storedAs === 'namespaces';
}

function isEmptied(world: World, namespace: string): boolean {
  return world.registry.all().every(({ storedAs }) => world.store.collection(storedAs).isEmpty(namespace));
}

/** Deletes everything in a namespace, and the namespace when nothing is held back. */
function empty(world: World, namespace: string): void {
  for (const resource of world.registry.all().filter(({ namespaced }) => namespaced)) {
    const target = { resource, version: resource.versions[0]!, namespace, name: undefined, subresource: undefined };
    for (const object of world.store.collection(resource.storedAs).list(namespace)) remove(world, target, object);
  }
  dropEmptied(world, namespace);
}

function dropEmptied(world: World, name: string): void {
  const namespaces = world.store.collection('namespaces');
  const namespace = namespaces.get('', name);
  if (namespace?.metadata.deletionTimestamp === undefined) return;
  if (listAt(namespace, 'metadata', 'finalizers').length > 0 || !isEmptied(world, name)) return;
  namespaces.remove('', name);
}

/** The objects of a kind go with its definition. */
function dropInstances(world: World, definition: KubeObject): void {
  const collection = world.store.collection(definition.metadata.name);
  for (const object of collection.list()) collection.remove(object.metadata.namespace ?? '', object.metadata.name);
}

function readOptions(request: ApiRequest): JsonObject {
  const body: Json = request.body.length === 0 ? {} : readJson(request.body.toString());
  return isObject(body) ? body : {};
}

function isDryRun(request: ApiRequest, options: JsonObject): boolean {
  return request.query.get('dryRun') === 'All' || listAt(options, 'dryRun').includes('All');
}

function checkPreconditions(target: Target, live: KubeObject, options: JsonObject): void {
  const { kind, group } = target.resource;
  const refuse = (what: string, wanted: unknown, found: unknown, so: string) => {
    const because = `the ${what} in the precondition (${wanted}) does not match the ${what} in record (${found}). The object might have been ${so}`;
    return conflict({ kind, group, resource: kind }, live.metadata.name, because);
  };
  const uid = at(options, 'preconditions', 'uid');
  const version = at(options, 'preconditions', 'resourceVersion');
  if (uid && uid !== live.metadata.uid) throw refuse('UID', uid, live.metadata.uid, 'deleted and then recreated');
  if (version && version !== live.metadata.resourceVersion)
    throw refuse('ResourceVersion', version, live.metadata.resourceVersion, 'modified');
}
