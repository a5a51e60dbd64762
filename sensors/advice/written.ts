import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Json } from '../../src/core/json/json.ts';
import { writtenObject } from '../triggers/k8s/artifact.ts';
import type { ArtifactSpec } from '../triggers/k8s/spec.ts';

/** The object that stands in the rule itself; undefined where there is none, or none that can be read, which another finding tells of. */
export function written(source: ArtifactSpec | undefined): Json | undefined {
  try {
    return source && writtenObject(source);
  } catch (thrown) {
    if (thrown instanceof EngineError) return undefined;
    throw thrown;
  }
}
