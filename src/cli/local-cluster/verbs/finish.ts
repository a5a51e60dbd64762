import type { KubeObject } from '../../../core/kube/kube.ts';
import { checkMetadata } from '../metadata.ts';
import { badRequest, invalid, Refusal } from '../status.ts';
import type { Target } from '../target.ts';
import type { Operation, World } from '../world.ts';
import type { WriteOptions } from './options.ts';

/**
 * The way of every write from the client's object to what can be stored: unknown fields, defaults, checks, the admission hook. Works on
 * `object` in place; `previous` is the live state, both in the version of the request.
 */
export async function finish(
  world: World,
  target: Target,
  object: KubeObject,
  previous: KubeObject | undefined,
  options: WriteOptions,
): Promise<KubeObject> {
  const { resource, version } = target;
  const unknown = version.complete?.(object, previous) ?? [];
  refuseOrWarn(target, unknown, options);
  const causes = [...checkMetadata(resource, object), ...(version.check?.(object, previous) ?? [])];
  if (causes.length > 0) throw invalid(resource, object.metadata.name ?? '', causes);
  const operation: Operation = previous ? 'UPDATE' : 'CREATE';
  const admission = await world.admit(object, operation);
  if (admission.allowed) {
    warn(options, admission.warnings ?? []);
    return admission.object ?? object;
  }
  const refusal = invalid(resource, object.metadata.name, admission.causes ?? []);
  throw new Refusal(422, 'Invalid', admission.message, refusal.details);
}

function refuseOrWarn({ resource, version }: Target, unknown: readonly string[], options: WriteOptions): void {
  const { fieldValidation } = options;
  if (unknown.length === 0 || fieldValidation === 'Ignore') return;
  const sentences = unknown.map((path) => `unknown field "${path}"`).sort();
  if (fieldValidation === 'Warn') warn(options, sentences);
  else {
    const { kind } = resource;
    throw badRequest(`${kind} in version "${version.name}" cannot be handled as a ${kind}: strict decoding error: ${sentences.join(', ')}`);
  }
}

/** A write that is tried again says each thing once. */
function warn({ warnings }: WriteOptions, sentences: readonly string[]): void {
  for (const sentence of sentences) if (!warnings.includes(sentence)) warnings.push(sentence);
}
