import { EngineError } from '../errors/engine-error.ts';
import { Regexes } from '../go/regexp.ts';
import { compile, outermost } from './compile/compile.ts';
import { Frame } from './compile/frame.ts';
import { all } from './compile/logic.ts';
import type { CelEnvironment, CelProgram } from './index.ts';
import { type CelLimits, defaultLimits, stackLimit } from './limits.ts';
import { type Node, termsOf } from './syntax/tree.ts';
import { CelFault } from './values/fault.ts';

/** A part of a program that has been checked, as a program of its own. */
export function programOf(tree: Node, text: string, environment: CelEnvironment, limits: CelLimits = defaultLimits): CelProgram {
  const clauses = termsOf('and', tree).map((node) => ({ node, code: compile(node, outermost(environment)) }));
  const code =
    clauses.length === 1
      ? clauses[0]!.code
      : all(
          clauses.map(({ code }) => code),
          tree.place,
        );
  const run = runner(limits);
  return { text, environment, tree, clauses, evaluate: (input, host) => run(input, host, code), run };
}

/** Runs what needs a frame, within limits: who goes beyond them gets a fault. */
function runner(limits: CelLimits): CelProgram['run'] {
  const regexes = new Regexes();
  return (input, host, run) => {
    try {
      return run(new Frame(input, { host, regexes, limits }));
    } catch (thrown) {
      const error = thrown instanceof RangeError ? stackLimit(thrown) : thrown;
      if (error instanceof EngineError && error.code === 'EVENT_LIMIT') return new CelFault(error.message, undefined, error);
      throw thrown;
    }
  };
}
