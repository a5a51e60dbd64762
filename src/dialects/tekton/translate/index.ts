/**
 * EventListeners, with all that they name, in our own terms: for each one a listener, and one sensor in which each trigger that the
 * listener runs is a dependency (what its interceptors let pass without asking anybody) and a trigger (the rest).
 */
import { stableId } from '../../../core/event/stable-id.ts';
import { goJson } from '../../../core/json/stringify.ts';
import { nameOf } from '../../../core/kube/kube.ts';
import type { DialectRule, DialectWorld, Part, RuleRef, Standing, Translation } from '../../dialect.ts';
import { listenerAddress } from '../../listener-call.ts';
import { type EventListener, validationAnnotation } from '../kinds/event-listener.ts';
import { eventListener, type ListenerSettings } from '../listener/listener.ts';
import { type Chosen, chosenBy } from '../select/index.ts';
import { type Need, needsOf } from './needs.ts';
import { Rules } from './rules.ts';
import { sensorOf, tellerOf } from './sensor.ts';
import { tlsOf } from './tls.ts';

export function translateTekton(loaded: readonly DialectRule[], world: DialectWorld): Translation {
  const rules = new Rules(loaded);
  // Whoever gets any port that is free gets none that another names.
  const ports = new Map(rules.listeners.toSorted((a, b) => namesPort(b) - namesPort(a)).map((one) => [one, portOf(one, world)]));
  const plans = rules.listeners.map((listener) => planOf(listener, ports.get(listener)!, rules, world));
  const byListener = new Map(plans.map((plan) => [`${plan.ref.namespace}/${plan.ref.name}`, plan]));
  const first = new Map(plans.toReversed().map((plan) => [plan.port, plan.ref]));
  return {
    parts: plans.flatMap(({ parts }) => parts),
    standings: loaded.map(({ kind, metadata: { namespace, name } }) => {
      const plan = kind === 'EventListener' ? byListener.get(`${namespace}/${name}`) : undefined;
      if (!plan) return { rule: { kind, namespace, name }, isAtRest: true, status: {} };
      const holder = first.get(plan.port)!;
      return holder === plan.ref || plan.port === 0 ? plan.standing : { ...plan.standing, problem: portTaken(plan.port, holder) };
    }),
  };
}

const wantedPort = ({ spec }: EventListener): number | undefined =>
  spec.resources?.kubernetesResource?.servicePort ?? (tlsOf(spec) ? 8443 : undefined);

const namesPort = (listener: EventListener): number => Number(wantedPort(listener) !== undefined);

const portOf = (listener: EventListener, world: DialectWorld): number =>
  world.portOf({ kind: 'EventListener', namespace: listener.metadata.namespace, name: listener.metadata.name }, wantedPort(listener));

const portTaken = (port: number, { namespace, name }: RuleRef): NonNullable<Standing['problem']> => ({
  reason: 'PortTaken',
  message: `EventListener ${namespace}/${name} listens on port ${port}; give this one another servicePort, or --listen NAME=PORT`,
});

interface Plan {
  readonly ref: RuleRef;
  /** 0 for any that is free. */
  readonly port: number;
  readonly parts: readonly Part[];
  readonly standing: Standing;
}

function planOf(listener: EventListener, port: number, rules: Rules, world: DialectWorld): Plan {
  const { metadata, spec } = listener;
  const { name, namespace, uid = '' } = metadata;
  const ref: RuleRef = { kind: 'EventListener', namespace, name };
  const chosen = chosenBy(listener, rules.triggers);
  const needs = needsOf(listener, chosen, rules);
  const id = `EventListener ${namespace}/${name}`;
  const tls = tlsOf(spec);
  const validates = metadata.annotations?.[validationAnnotation] !== 'false';
  const settings: ListenerSettings = { name, namespace, uid, port, tls, validates };
  const teller = tellerOf(listener);
  const named = refsOf(ref, chosen, needs);
  let sensor: ReturnType<typeof sensorOf> | undefined;
  const parts: Part[] = [
    {
      id,
      namespace,
      fingerprint: stableId(goJson({ name, uid, spec, chosen, needs } as never)),
      rules: named,
      runs: {
        // Made when it has to run, and not for each change of other rules.
        get sensor() {
          sensor ??= sensorOf({ listener, chosen, rules, world });
          return sensor;
        },
      },
    },
    {
      id: `${id} (HTTP)`,
      namespace,
      fingerprint: stableId(goJson({ settings, teller: teller?.uri ?? null } as never)),
      rules: [ref],
      runs: {
        listener: {
          name,
          definition: eventListener(world, teller),
          spec: settings,
          address: listenerAddress(name),
          busNamespace: namespace,
        },
      },
    },
  ];
  return { ref, port, parts, standing: standingOf(ref, needs, { address: world.addressOf(ref, port), isTls: tls !== undefined }) };
}

/** The listener first, then the triggers and all that they name, each once. */
function refsOf(listener: RuleRef, chosen: readonly Chosen[], needs: readonly Need[]): RuleRef[] {
  const triggers = chosen
    .filter(({ spec, name }) => spec && name)
    .map(({ name, namespace }): RuleRef => ({ kind: 'Trigger', namespace, name }));
  const all = [listener, ...triggers, ...needs.filter(({ says }) => says !== undefined).map(({ ref }) => ref)];
  return [...new Map(all.map((ref) => [nameOf(ref, ref), ref])).values()];
}

function standingOf(rule: RuleRef, needs: readonly Need[], { address, isTls }: { address: string; isTls: boolean }): Standing {
  const url = isTls ? address.replace(/^http:/, 'https:') : address;
  const absent = needs.find(({ says }) => says === undefined)?.ref;
  const status = { address: { url }, configuration: { generatedName: `el-${rule.name}` } };
  if (!absent) return { rule, status };
  const called = absent.namespace === '' ? absent.name : `${absent.namespace}/${absent.name}`;
  const message = `there is no ${absent.kind} ${called}; events that need it wait for it`;
  return { rule, status, problem: { reason: `${absent.kind}Missing`, message } };
}
