import type { EngineError } from '../../src/core/errors/engine-error.ts';
import { fromUnknown } from '../../src/core/errors/from-unknown.ts';
import type { Json } from '../../src/core/json/json.ts';
import type { Action, CompiledTrigger } from '../compiled.ts';
import type { Firing, Outcome, TriggerContext } from '../triggers/trigger.ts';

export type Result =
  | { readonly kind: 'done'; readonly outcome: Outcome }
  | { readonly kind: 'failed'; readonly error: EngineError; readonly rendered: Json | undefined };

/** One attempt: render with the rule as it is now, and act. Never rejects. */
export async function attempt(trigger: CompiledTrigger, firing: Firing, context: Omit<TriggerContext, 'firing'>): Promise<Result> {
  let action: Action | undefined;
  try {
    action = await trigger.prepare(firing, context);
    return { kind: 'done', outcome: await action.fire() };
  } catch (thrown) {
    return { kind: 'failed', error: fromUnknown(thrown), rendered: action?.rendered };
  }
}
