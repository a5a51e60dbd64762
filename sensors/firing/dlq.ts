import type { EngineError } from '../../src/core/errors/engine-error.ts';
import { stableId } from '../../src/core/event/stable-id.ts';
import type { CompiledTrigger } from '../compiled.ts';
import type { Firing } from '../triggers/trigger.ts';

/** The triggers, each followed by the dlqTriggers that stand behind it: all that firings may be of. */
export function withDlqs(triggers: readonly CompiledTrigger[]): CompiledTrigger[] {
  return triggers.flatMap((trigger) => [trigger, ...withDlqs(trigger.dlq ? [trigger.dlq] : [])]);
}

/** The events of a trigger's firing for its dlqTrigger, under an id of their own: handed over twice, they are the same firing. */
export function handedTo(dlq: CompiledTrigger, firing: Firing, { lastWords }: CompiledTrigger, error: EngineError): Firing {
  const events = lastWords ? lastWords(firing.events, error) : firing.events;
  return { ...firing, id: stableId(firing.id, dlq.name), trigger: dlq.name, events };
}
