import type { EngineError } from '../../src/core/errors/engine-error.ts';
import { fromUnknown } from '../../src/core/errors/from-unknown.ts';
import type { Json } from '../../src/core/json/json.ts';
import type { Action, CompiledTrigger } from '../compiled.ts';
import type { Firing, Outcome, TriggerContext } from '../triggers/trigger.ts';

export type Result =
  | { readonly kind: 'done'; readonly outcome: Outcome }
  | { readonly kind: 'failed'; readonly error: EngineError; readonly rendered: Json | undefined };

/**
 * One attempt: render with the rule as it is now, and act. Never throws or rejects.
 *
 * A promise only where the trigger waits for something: what is done at once leaves nothing behind that has to be kept until later.
 */
export function attempt(trigger: CompiledTrigger, firing: Firing, context: Omit<TriggerContext, 'firing'>): Result | Promise<Result> {
  try {
    const action = trigger.prepare(firing, context);
    return action instanceof Promise ? action.then(fire, failed) : fire(action);
  } catch (thrown) {
    return failed(thrown);
  }
}

function fire(action: Action): Result | Promise<Result> {
  try {
    const outcome = action.fire();
    return outcome instanceof Promise ? outcome.then(done, (thrown) => failed(thrown, action)) : done(outcome);
  } catch (thrown) {
    return failed(thrown, action);
  }
}

const done = (outcome: Outcome): Result => ({ kind: 'done', outcome });

const failed = (thrown: unknown, action?: Action): Result => ({ kind: 'failed', error: fromUnknown(thrown), rendered: action?.rendered });
