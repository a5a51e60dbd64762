import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Json } from '../../src/core/json/json.ts';
import { type ArtifactSpec, writtenArtifact } from '../triggers/artifacts/index.ts';

/** The object that stands in the rule itself; undefined where there is none, or none that can be read, which another finding tells of. */
export function written(source: ArtifactSpec | undefined): Json | undefined {
  try {
    return source && writtenArtifact(source);
  } catch (thrown) {
    if (thrown instanceof EngineError) return undefined;
    throw thrown;
  }
}
