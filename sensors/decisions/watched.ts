import type { Event } from '../../src/core/event/event.ts';
import type { Action, CompiledDependency, CompiledSensor, CompiledTrigger, Verdict } from '../compiled.ts';
import type { Recorder } from './recorder.ts';

/** The same sensor, with a recorder that sees what dependencies say and what triggers are about to do. */
export function watchedSensor(sensor: CompiledSensor, recorder: Recorder): CompiledSensor {
  return {
    ...sensor,
    dependencies: sensor.dependencies.map((one) => watchedDependency(one, recorder)),
    triggers: sensor.triggers.map((one) => watchedTrigger(one, recorder)),
  };
}

function watchedDependency(dependency: CompiledDependency, recorder: Recorder): CompiledDependency {
  const seen = (event: Event, verdict: Verdict): Verdict => {
    recorder.judged(dependency, event, verdict);
    return verdict;
  };
  return {
    ...dependency,
    admit(event, party) {
      const verdict = dependency.admit(event, party);
      return verdict instanceof Promise ? verdict.then((late) => seen(event, late)) : seen(event, verdict);
    },
  };
}

function watchedTrigger(trigger: CompiledTrigger, recorder: Recorder): CompiledTrigger {
  return {
    ...trigger,
    dlq: trigger.dlq && watchedTrigger(trigger.dlq, recorder),
    prepare(firing, context) {
      const fate = recorder.begins(firing, context.attempt);
      const action = trigger.prepare(firing, context);
      if (!fate) return action;
      const seen = (prepared: Action): Action => {
        recorder.prepared(fate, prepared);
        return prepared;
      };
      return action instanceof Promise ? action.then(seen) : seen(action);
    },
  };
}
