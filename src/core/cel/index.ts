/**
 * CEL, the language in which filters of Tekton's listeners are written: an expression becomes closures once, and then runs on many events.
 *
 *     const env = celEnvironment({ variables: { body: 'map(string, dyn)' } });
 *     const program = compileCel("body.action == 'opened'", env);
 *     program.evaluate({ body: { action: 'closed' } });   // false
 *
 * It is cel-go 0.30 with its libraries strings, encoders, sets, lists and math, and with its check of types. Data is JSON as it was parsed:
 * every number in it is a double, and nothing of it is copied or changed. Regular expressions are RE2. A program holds no state.
 */
import type { Code, Frame } from './compile/frame.ts';
import type { Functions, Overload } from './functions/function.ts';
import { withStandard } from './functions/index.ts';
import { type CelLimits, defaultLimits } from './limits.ts';
import { programOf } from './program.ts';
import { parse } from './syntax/parse.ts';
import type { Node } from './syntax/tree.ts';
import { check, type Variables } from './types/check.ts';
import { typeOf } from './types/type.ts';
import type { CelFault, CelResult } from './values/fault.ts';
import type { CelObject } from './values/value.ts';

/** What programs know beside the language. Made once for many programs. */
export interface CelEnvironment {
  readonly variables: Variables;
  readonly functions: Functions;
}

export interface CelProgram {
  readonly text: string;
  /**
   * The value, or a fault that says what failed and where. `input` has all variables; `host` is for the functions of the environment. Never
   * throws.
   */
  evaluate(input: CelObject, host?: unknown): CelResult;
  readonly environment: CelEnvironment;
  readonly tree: Node;
  /** What stands between the `&&` of the whole. */
  readonly clauses: readonly { readonly node: Node; readonly code: Code }[];
  /** Runs parts of it, all within its limits together. */
  run<T>(input: CelObject, host: unknown, parts: (frame: Frame) => T): T | CelFault;
}

/** `variables`: the types of all that an expression may name, such as `map(string, dyn)`. */
export function celEnvironment({
  variables,
  functions = [],
}: {
  variables: Readonly<Record<string, string>>;
  functions?: readonly Overload[];
}): CelEnvironment {
  return {
    variables: new Map(Object.entries(variables).map(([name, type]) => [name, typeOf(type)])),
    functions: withStandard(functions),
  };
}

/**
 * Throws EngineError CONFIG_CEL for what can never be evaluated, CONFIG_REGEX for a pattern that is none. Their field `offset` is the place
 * in the text, in characters from 0.
 */
export function compileCel(text: string, environment: CelEnvironment, limits: Partial<CelLimits> = {}): CelProgram {
  const tree = parse(text);
  check(tree, environment.variables, environment.functions);
  return programOf(tree, text, environment, { ...defaultLimits, ...limits });
}
