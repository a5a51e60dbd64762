import type { Action, CompiledDependency, CompiledSensor, CompiledTrigger, Verdict } from '../../sensors/compiled.ts';
import type { Firing, Outcome, TriggerContext } from '../../sensors/triggers/trigger.ts';
import { EventData } from '../../src/core/event/data.ts';
import { type Event, orderKeyOf } from '../../src/core/event/event.ts';
import type { Kube } from '../../src/core/kube/kube.ts';

/** An event of the listener "es"/"things", with an order key if one is given. */
export function buildEvent(
  id: string,
  { key, subject = 'things', data = {} }: { key?: string; subject?: string; data?: object } = {},
): Event {
  return {
    id,
    source: 'es',
    type: 'test',
    subject,
    time: '2026-07-18T12:00:00Z',
    datacontenttype: 'application/json',
    extensions: key === undefined ? {} : { partitionkey: key },
    data: EventData.fromText(JSON.stringify(data)),
  };
}

/** A dependency on "es"/`subject` that admits every event as it is. */
export function buildDependency(name: string, subject = 'things', admit: (event: Event) => Verdict = admitted): CompiledDependency {
  return { name, source: 'es', subject, fingerprint: name, admit };
}

const admitted = (event: Event): Verdict => ({ admitted: true, event });

/** What a trigger does in a test, at once or in a while: throws when it fails. */
export type Deed = (firing: Firing, context: Omit<TriggerContext, 'firing'>) => Promise<Outcome | void> | Outcome | void;

const done: Outcome = { summary: 'done' };

/** A trigger on the dependency "dep" with the usual retries. */
export function buildTrigger(name: string, deed: Deed, rest: Partial<CompiledTrigger> = {}): CompiledTrigger {
  return {
    name,
    type: 'test',
    dependencies: ['dep'],
    join: undefined,
    condition: 'dep',
    retry: { backoff: { first: 200, ceiling: 30_000 }, attempts: undefined, giveUpAfter: 3_600_000 },
    spacing: undefined,
    attemptLimit: 60_000,
    atLeastOnce: true,
    dlq: undefined,
    orderKeyOf,
    prepare: (firing, context): Action => ({
      type: 'test',
      summary: `do ${firing.id}`,
      rendered: { do: name },
      fire() {
        const outcome = deed(firing, context);
        return outcome instanceof Promise ? outcome.then((late) => late ?? done) : (outcome ?? done);
      },
    }),
    ...rest,
  };
}

/** A sensor "playground"/"sn" that listens from the beginning of the stream. */
export function buildSensor(triggers: readonly CompiledTrigger[], dependencies = [buildDependency('dep')]): CompiledSensor {
  return { name: 'sn', namespace: 'playground', since: new Date(0), dependencies, triggers };
}

/** For triggers that never ask the API server. */
export const noKube = new Proxy({} as Kube, {
  get(_target, property) {
    throw new Error(`the test did not expect Kube.${String(property)} to be used`);
  },
});

/** The ids of the events of a firing. */
export const eventIds = (firing: Firing): string[] => [...firing.events.values()].map((event) => event.id);
