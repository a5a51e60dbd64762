import { EngineError } from '../src/core/errors/engine-error.ts';
import { error, type Finding, type Path, warning } from '../src/core/errors/finding.ts';
import { checkPath } from '../src/core/json/path/index.ts';

/** A part of a rule made ready to run, with what is wrong in it. Paths of findings start at the sensor's root. */
export interface Checked<T> {
  readonly value: T;
  readonly findings: readonly Finding[];
}

/** What is wrong with one field's text (a jq program, a path, a pattern), if making it ready throws; undefined when all is well. */
export function problemOf(path: Path, make: () => unknown): Finding | undefined {
  try {
    make();
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    const { offset } = thrown.fields;
    const { hint } = thrown;
    return error(thrown.code, path, thrown.fields, { ...(typeof offset === 'number' ? { offset } : {}), ...(hint ? { hint } : {}) });
  }
}

/** A path that is read from and that can find nothing. A warning, because Argo takes it, and a default may stand behind it. */
export function suspicionOf(text: string, path: Path): Finding | undefined {
  const problem = checkPath(text);
  return problem === undefined ? undefined : warning('CONFIG_PATH', path, { path: text, problem });
}
