import type { CompiledDependency, CompiledSensor, CompiledTrigger, RetryPolicy } from '../../../../sensors/compiled.ts';
import { EngineError } from '../../../core/errors/engine-error.ts';
import type { Event } from '../../../core/event/event.ts';
import type { DialectWorld } from '../../dialect.ts';
import { listenerAddress } from '../../listener-call.ts';
import type { EventListener } from '../kinds/event-listener.ts';
import type { Chosen } from '../select/index.ts';
import type { Teller } from '../status-events/index.ts';
import { statusDependency, statusTrigger } from '../status-events/trigger.ts';
import { Admission, type Group, type Steps } from './admission.ts';
import type { Rules } from './rules.ts';
import { compileSteps } from './steps.ts';
import { compileWork, type Work } from './work.ts';

interface Around {
  readonly listener: EventListener;
  readonly chosen: readonly Chosen[];
  readonly rules: Rules;
  readonly world: DialectWorld;
}

/** Tried again until an hour has passed, as triggers of a Sensor are. */
const retry: RetryPolicy = { backoff: { first: 200, ceiling: 30_000 }, attempts: undefined, giveUpAfter: 3_600_000 };
/** Milliseconds. */
const attemptLimit = 60_000;

/** The sensor that works an EventListener: each of its triggers is a dependency and a trigger of the same name. */
export function sensorOf(around: Around): CompiledSensor {
  const { listener, chosen, rules, world } = around;
  const { name, namespace, creationTimestamp } = listener.metadata;
  const groups = groupsOf(listener, rules, world);
  const ids = chosen.map(({ id }) => id);
  const admission = new Admission((event) => world.outcomes.concerns(event.id, ids));
  const teller = tellerOf(listener);
  const parts = chosen.map((one) => {
    const steps = stepsOf(one, groups, around);
    return { one, steps, work: compileWork({ listener, one, rules, world, steps, admission, teller }) };
  });
  const beside = [...(teller ? [statusOf(teller, name, world)] : []), ...(chosen.length === 0 ? [noTriggers(name, world)] : [])];
  return {
    name: `EventListener:${name}`,
    namespace,
    since: creationTimestamp === undefined ? undefined : new Date(creationTimestamp),
    dependencies: [
      ...beside.map(({ dependency }) => dependency),
      ...parts.map(({ one, steps }) => dependencyOf(one, steps, { listener, admission, world })),
    ],
    triggers: [...beside.map(({ trigger }) => trigger), ...parts.map(({ one, work }) => triggerOf(one.id, work))],
  };
}

/** Where it tells of events, if anywhere. */
export const tellerOf = ({ metadata: { namespace, name }, spec: { cloudEventURI } }: EventListener): Teller | undefined =>
  cloudEventURI ? { namespace, name, uri: cloudEventURI } : undefined;

interface Beside {
  readonly dependency: CompiledDependency;
  readonly trigger: CompiledTrigger;
}

const statusOf = (teller: Teller, name: string, world: DialectWorld): Beside => ({
  dependency: statusDependency(listenerAddress(name)),
  trigger: statusTrigger(teller, world),
});

/** What a listener without triggers (yet) does with its events: it says that it has none. */
function noTriggers(listener: string, { outcomes }: DialectWorld): Beside {
  const name = '(triggers)';
  return {
    dependency: {
      name,
      ...listenerAddress(listener),
      fingerprint: '',
      admit(event) {
        outcomes.concerns(event.id, []);
        return { admitted: false, because: 'the EventListener has no triggers', at: 'spec', seen: event };
      },
    },
    trigger: triggerOf(name, {
      async prepare() {
        throw new EngineError('EVENT_RULE_GONE', { trigger: name });
      },
    }),
  };
}

function groupsOf({ metadata: { namespace }, spec }: EventListener, rules: Rules, world: DialectWorld): Group[] {
  return (spec.triggerGroups ?? []).map(({ name, interceptors = [] }) => ({
    name,
    triggerId: `namespaces/${namespace}/triggerGroups/${name}`,
    interceptors: compileSteps(interceptors, { listenerNamespace: namespace, triggerNamespace: namespace }, { rules, world }),
  }));
}

function stepsOf({ name, namespace, spec, group }: Chosen, groups: readonly Group[], { listener, rules, world }: Around): Steps {
  return {
    triggerId: `namespaces/${namespace}/triggers/${name}`,
    interceptors: compileSteps(
      spec?.interceptors ?? [],
      { listenerNamespace: listener.metadata.namespace, triggerNamespace: namespace },
      { rules, world },
    ),
    group: group === undefined ? undefined : groups[group],
  };
}

interface Listening {
  readonly listener: EventListener;
  readonly admission: Admission;
  readonly world: DialectWorld;
}

function dependencyOf({ id }: Chosen, steps: Steps, { listener, admission, world }: Listening): CompiledDependency {
  return {
    name: id,
    ...listenerAddress(listener.metadata.name),
    fingerprint: id,
    admit(event: Event) {
      const verdict = admission.decide(event, steps);
      if (!verdict.admitted && world.outcomes.isAwaited(event.id))
        world.outcomes.tell(event.id, { trigger: id, outcome: 'stopped', message: verdict.because });
      return verdict;
    },
  };
}

const triggerOf = (id: string, { prepare }: Work): CompiledTrigger => ({
  name: id,
  type: 'tekton',
  dependencies: [id],
  join: undefined,
  condition: id,
  retry,
  spacing: undefined,
  attemptLimit,
  atLeastOnce: true,
  dlq: undefined,
  orderKeyOf: () => undefined,
  prepare,
});
