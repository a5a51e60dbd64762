/**
 * expr-lang 1.15.5, the language of an event source's `filter.expression`: an expression becomes closures once, and then runs on many events.
 *
 *     compileExpression('body.replicas > 2 and body.name startsWith "web-"').evaluate(event);
 */
import { EngineError } from '../../errors/engine-error.ts';
import { GoError, type GoFunction } from '../../go/function.ts';
import type { GoMap, GoValue } from '../../go/values.ts';
import { type Clock, systemClock } from '../../time/clock.ts';
import { defaultLimits, type ExpressionLimits, Run } from '../limits.ts';
import { failed } from '../refuse.ts';
import { builtinNames } from './builtins/index.ts';
import { check } from './check/check.ts';
import { compile } from './compile/compile.ts';
import { Scope } from './compile/scope.ts';
import type { Frame } from './frame.ts';
import { optimize } from './optimize.ts';
import { parse } from './parse.ts';

export interface ExpressionOptions extends ExpressionLimits {
  /** What `now()` reads. */
  readonly clock: Clock;
  /** Functions of the environment, by name; a dot is part of it (`sprig.trim`). */
  readonly functions: ReadonlyMap<string, GoFunction>;
}

export interface Expression {
  /**
   * Throws EngineError EVENT_EXPRESSION_FAILED in the library's own words, with the `offset` of what failed, or EVENT_LIMIT. Names that the
   * environment does not have are nil. The result may share parts with the environment.
   */
  evaluate(env: GoMap): GoValue;
}

/** Throws EngineError CONFIG_EXPRESSION, or CONFIG_REGEX for a pattern, with the `offset` of what is wrong. */
export function compileExpression(text: string, options: Partial<ExpressionOptions> = {}): Expression {
  const { clock = systemClock, functions = new Map(), ...limits } = options;
  const allowed = { ...defaultLimits, ...limits };
  const tree = parse(text, allowed.depth, builtinNames);
  check(tree, new Set(functions.keys()));
  const code = compile(optimize(tree), new Scope(functions));
  return {
    evaluate(env) {
      const frame: Frame = { env, clock, run: new Run(allowed), variables: [], scope: undefined, at: 0 };
      try {
        return code(frame);
      } catch (thrown) {
        if (thrown instanceof GoError) throw failed(thrown.message, frame.at);
        if (thrown instanceof EngineError || !(thrown instanceof RangeError)) throw thrown;
        throw new EngineError('EVENT_LIMIT', { limit: 'all of the stack', what: 'the event is nested too deeply' }, { cause: thrown });
      }
    },
  };
}
