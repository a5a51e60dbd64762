import { EngineError } from '../errors/engine-error.ts';
import { Regexes } from '../go/regexp.ts';
import { compile } from './compile/compile.ts';
import { Frame } from './compile/frame.ts';
import type { CelEnvironment, CelProgram } from './index.ts';
import { type CelLimits, defaultLimits, stackLimit } from './limits.ts';
import type { Node } from './syntax/tree.ts';
import { CelFault } from './values/fault.ts';

/** A part of a program that has been checked, as a program of its own. */
export function programOf(tree: Node, text: string, environment: CelEnvironment, limits: CelLimits = defaultLimits): CelProgram {
  const code = compile(tree, { ...environment, locals: new Map() });
  const regexes = new Regexes();
  return {
    text,
    environment,
    tree,
    evaluate(input, host) {
      try {
        return code(new Frame(input, { host, regexes, limits }));
      } catch (thrown) {
        const error = thrown instanceof RangeError ? stackLimit(thrown) : thrown;
        if (error instanceof EngineError && error.code === 'EVENT_LIMIT') return new CelFault(error.message, undefined, error);
        throw thrown;
      }
    },
  };
}
