import type { Code } from '../../../src/core/errors/codes.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { Json } from '../../../src/core/json/json.ts';
import { type Kube, type KubeObject, nameOf, type ObjectName, type ResourceType } from '../../../src/core/kube/kube.ts';
import type { Firing, Outcome, TriggerContext } from '../trigger.ts';
import { createOnce } from './create-once.ts';
import { isMarkedBy, labelled, markedBy } from './marks.ts';
import { merge } from './merge.ts';
import { nothingToLookAt, untilLabelled } from './policy.ts';
import { invalid, type Rendered } from './render.ts';

/** The name under which server-side apply records what this trigger owns. */
const fieldManager = 'sensorium';

/** How often an object may be changed by others between our reading and writing it before the attempt fails. */
const patience = 4;

interface Target {
  readonly kube: Kube;
  readonly type: ResourceType;
  readonly name: ObjectName;
  readonly object: KubeObject;
  readonly firing: Firing;
  readonly signal: AbortSignal;
  readonly context: TriggerContext;
  /** "Ingress playground/web-ing". */
  readonly shown: string;
}

/** Does what was rendered. Where the object lives is the API server's word, asked by the kind that it has after its parameters. */
export async function act(rendered: Rendered, context: TriggerContext): Promise<Outcome> {
  const { kube, firing, signal, policy } = context;
  const { apiVersion, kind, metadata } = rendered.object;
  const type = await kube.kind(apiVersion, kind);
  const name: ObjectName = type.namespaced ? { name: metadata.name, namespace: rendered.namespace } : { name: metadata.name };
  const { namespace: _, ...rest } = metadata;
  const object = { ...rendered.object, metadata: { ...rest, ...name } } as KubeObject;
  const target: Target = { kube, type, name, object, firing, signal, context, shown: nameOf(type, name) };
  const summary = await operations[rendered.operation](target, rendered);
  if (rendered.operation === 'delete') {
    if (policy?.k8s) throw nothingToLookAt();
    return { summary };
  }
  if (!policy?.k8s) return { summary, detail: object };
  const state = await untilLabelled(policy.k8s, () => kube.get(type, name, { signal }), context);
  return { summary: `${summary}; ${state}`, detail: object };
}

const operations: Record<Rendered['operation'], (target: Target, rendered: Rendered) => Promise<string>> = {
  create,
  update,
  patch,
  delete: remove,
  apply,
};

async function create({ context, type, object, shown }: Target): Promise<string> {
  const { before } = await createOnce(type, labelled(context.firing, object, context.clock.now()), context);
  return `created ${shown}${before ? ' before' : ''}`;
}

/** Lays the object over what is there, or creates it. What others change meanwhile is read again, never overwritten. */
async function update(target: Target, { live }: Rendered): Promise<string> {
  const { kube, type, name, object, signal, shown } = target;
  if (live) return replaceLive(target);
  return untilUndisturbed(async () => {
    const found = await unlessMissing(kube.get(type, name, { signal }));
    if (!found) {
      await kube.create(type, object, { signal });
      return `created ${shown}`;
    }
    const merged = merge(found, object) as KubeObject;
    const metadata = { ...merged.metadata, resourceVersion: found.metadata.resourceVersion } as KubeObject['metadata'];
    await kube.replace(type, { ...merged, metadata }, { signal });
    return `updated ${shown}`;
  });
}

/**
 * Writes back the object that the parameters have edited, in the version that they have edited: refused with CONFLICT_KUBE when it
 * changed meanwhile, and then the whole firing is rendered anew. An edit such as "append" is made once for a firing.
 */
async function replaceLive({ kube, type, object, firing, signal, shown }: Target): Promise<string> {
  if (isMarkedBy(firing, object)) return `updated ${shown} before`;
  await kube.replace(type, markedBy(firing, object), { signal });
  return `updated ${shown}`;
}

async function patch(target: Target, { patchStrategy, object: whole }: Rendered): Promise<string> {
  const { kube, type, name, object, signal, shown } = target;
  if (patchStrategy === 'application/apply-patch+yaml') return apply(target);
  const options = { signal, fieldManager };
  if (patchStrategy === 'application/json-patch+json') {
    await kube.patch(type, name, jsonPatch(whole), patchStrategy, options);
    return `patched ${shown}`;
  }
  return untilUndisturbed(async () => {
    if (await unlessMissing(kube.patch(type, name, object, patchStrategy, options))) return `patched ${shown}`;
    await kube.create(type, object, { signal });
    return `created ${shown}`;
  });
}

/** The operations of a JSON patch, which stand beside the metadata of their target. */
function jsonPatch(object: KubeObject): Json[] {
  const list = object['patch'];
  if (!Array.isArray(list)) throw invalid('a JSON patch is a list of operations under `patch`, beside the metadata of its target');
  return list;
}

async function apply({ kube, type, object, signal, shown }: Target): Promise<string> {
  await kube.apply(type, object, { signal, fieldManager, force: true });
  return `applied ${shown}`;
}

async function remove({ kube, type, name, signal, shown }: Target): Promise<string> {
  return (await kube.delete(type, name, { signal })) ? `deleted ${shown}` : `nothing to delete: there is no ${shown}`;
}

async function unlessMissing(found: Promise<KubeObject>): Promise<KubeObject | undefined> {
  try {
    return await found;
  } catch (thrown) {
    if (hasCode(thrown, 'REMOTE_KUBE_NOT_FOUND')) return undefined;
    throw thrown;
  }
}

/** Reads and writes again when somebody else was faster. */
async function untilUndisturbed(readAndWrite: () => Promise<string>): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readAndWrite();
    } catch (thrown) {
      if (attempt === patience || !hasCode(thrown, 'CONFLICT_KUBE', 'REMOTE_KUBE_EXISTS')) throw thrown;
    }
  }
}

const hasCode = (thrown: unknown, ...codes: Code[]): boolean => thrown instanceof EngineError && codes.includes(thrown.code);
