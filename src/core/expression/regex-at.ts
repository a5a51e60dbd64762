import { EngineError } from '../errors/engine-error.ts';
import { compileRegex, type Regex } from '../regex.ts';

/** A pattern that stands in the expression. Throws CONFIG_REGEX with its place. */
export function regexAt(pattern: string, at: number): Regex {
  try {
    return compileRegex(pattern);
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    throw new EngineError('CONFIG_REGEX', { ...thrown.fields, offset: at }, { cause: thrown });
  }
}
