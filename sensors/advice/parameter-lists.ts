import type { Path } from '../../src/core/errors/finding.ts';
import type { ParameterSpec } from '../triggers/parameters/spec.ts';
import { typesIn } from '../triggers/render.ts';
import type { TriggerSpec } from '../triggers/spec.ts';

interface ParameterList {
  readonly parameters: readonly ParameterSpec[];
  readonly path: Path;
  /** The trigger type whose block it stands in; undefined for the list of the trigger itself, which is about the template. */
  readonly type: string | undefined;
}

/** Every list of parameters in a trigger. */
export function parameterLists({ template, parameters = [] }: TriggerSpec, at: Path): ParameterList[] {
  const own: ParameterList[] = [{ parameters, path: [...at, 'parameters'], type: undefined }];
  const inBlocks = typesIn(template).flatMap((type) => {
    const block = template[type as 'k8s'];
    return Array.isArray(block?.parameters) ? [{ parameters: block.parameters, path: [...at, 'template', type, 'parameters'], type }] : [];
  });
  return [...own, ...inBlocks];
}
