import type { DialectRule } from '../../dialect.ts';
import type { TriggerSpec } from '../kinds/trigger.ts';

/** Labels of Namespaces, and annotations of Triggers, by which a `default` Broker is asked for. */
const injections = ['knative-eventing-injection', 'eventing.knative.dev/injection'];

/** The Brokers that nobody has written, but a Namespace or a Trigger asks for. */
export function injectedBrokers(loaded: readonly DialectRule[]): DialectRule[] {
  const written = new Set(
    loaded.filter(({ kind, metadata }) => kind === 'Broker' && metadata.name === 'default').map(({ metadata }) => metadata.namespace),
  );
  const asking = new Set(
    loaded.filter(asksForBroker).map(({ kind, metadata }) => (kind === 'Namespace' ? metadata.name : metadata.namespace)),
  );
  return [...asking]
    .filter((namespace) => !written.has(namespace))
    .map((namespace) => ({ apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', metadata: { namespace, name: 'default' }, spec: {} }));
}

function asksForBroker({ kind, metadata: { labels, annotations }, spec }: DialectRule): boolean {
  if (kind === 'Namespace') return isEnabled(labels);
  if (kind !== 'Trigger') return false;
  const { broker, brokerRef } = spec as TriggerSpec;
  return isEnabled(annotations) && broker === 'default' && !brokerRef?.name;
}

const isEnabled = (words: Readonly<Record<string, string>> = {}): boolean => injections.some((name) => words[name] === 'enabled');
