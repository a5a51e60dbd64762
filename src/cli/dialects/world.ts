import type { Sensor } from '../../../sensors/kind.ts';
import { toBusEvent } from '../../core/cloudevents/bus-event.ts';
import type { CloudEvent } from '../../core/cloudevents/cloud-event.ts';
import type { Clock } from '../../core/time/clock.ts';
import type { DialectWorld, RuleRef } from '../../dialects/dialect.ts';
import { Outcomes } from '../../dialects/outcomes.ts';
import type { Jobs } from '../jobs.ts';

/** Where what rules name is found from this process. */
export interface Places {
  /** Services that are called elsewhere, by NAME or NAMESPACE/NAME: `--sink event-display=http://127.0.0.1:9000`. */
  readonly sinks?: ReadonlyMap<string, string>;
  /** Ports of listeners, by NAME or NAMESPACE/NAME, and of the ingress of all Brokers, `broker-ingress`. */
  readonly ports?: ReadonlyMap<string, number>;
  /** True where callers reach this process by the names of Services in a cluster. */
  readonly inCluster?: boolean;
  /** Shows an event in the place of a Service without an address. */
  readonly display?: (service: string, event: CloudEvent) => void;
}

/** The first port of those listeners that name none. */
const firstPort = 8080;
const usualIngressPort = 8090;

/** What translations may use of this process. */
export function dialectWorld({
  jobs,
  clock,
  sinks,
  ports = new Map(),
  inCluster = false,
  display,
}: Places & { jobs: Jobs; clock: Clock }): DialectWorld {
  const given = new Map<string, number>();
  const asked = new Map<string, number>();
  const named = <T>(map: ReadonlyMap<string, T> | undefined, namespace: string, name: string): T | undefined =>
    map?.get(`${namespace}/${name}`) ?? map?.get(name);
  const ingressPort = ports.get('broker-ingress') ?? usualIngressPort;

  function portOf({ namespace, name }: RuleRef, wanted: number | undefined): number {
    const id = `${namespace}/${name}`;
    const port = named(ports, namespace, name) ?? wanted;
    if (port === undefined) asked.delete(id);
    else {
      asked.set(id, port);
      return port;
    }
    const taken = new Set([...given.values(), ...asked.values(), ...ports.values(), ingressPort]);
    let free = given.get(id) ?? firstPort;
    while (!given.has(id) && taken.has(free)) free += 1;
    given.set(id, free);
    return free;
  }

  return {
    async publish(namespace, address, event) {
      const bus = await jobs.bus(namespace, 'default');
      await bus.publish(toBusEvent(event, address, clock.now()));
    },
    outcomes: new Outcomes(clock),
    isHeard: (namespace, { source, subject }) =>
      jobs.all().some(({ rules: [rule] }) => {
        if (rule?.metadata.namespace !== namespace) return false;
        if (rule.kind === 'EventListener') return source === `EventListener:${rule.metadata.name}`;
        if (rule.kind !== 'Sensor') return false;
        const { dependencies } = (rule.value as Sensor).spec;
        return dependencies.some(({ eventSourceName, eventName }) => eventSourceName === source && eventName === subject);
      }),
    sinkOf: (namespace, name) => named(sinks, namespace, name),
    display,
    portOf,
    ingressPort,
    addressOf({ kind, namespace, name }, port) {
      if (kind === 'Broker') {
        const host = inCluster ? `broker-ingress.${namespace}.svc.cluster.local` : '127.0.0.1';
        return `http://${host}:${port}/${namespace}/${name}`;
      }
      return inCluster ? `http://el-${name}.${namespace}.svc.cluster.local:${port}` : `http://127.0.0.1:${port}`;
    },
  };
}
