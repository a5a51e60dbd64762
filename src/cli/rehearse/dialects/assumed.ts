import { nameOf } from '../../../core/kube/kube.ts';
import type { DialectRule } from '../../../dialects/dialect.ts';

/** The rules, and the Brokers and Channels that they name and that are not among them: those may be in the cluster. */
export function withAssumed(rules: readonly DialectRule[]): DialectRule[] {
  const known = new Set(rules.map((rule) => nameOf(rule, rule.metadata)));
  const assumed = new Map<string, DialectRule>();
  for (const one of rules.flatMap(namedBy)) {
    const id = nameOf(one, one.metadata);
    if (!known.has(id)) assumed.set(id, one);
  }
  return [...rules, ...assumed.values()];
}

interface Names {
  readonly broker?: string;
  readonly brokerRef?: { readonly name?: string; readonly namespace?: string };
  readonly channel?: { readonly kind?: string; readonly name?: string };
}

function namedBy({ apiVersion, kind, metadata: { namespace }, spec }: DialectRule): DialectRule[] {
  const { broker, brokerRef, channel } = (spec ?? {}) as Names;
  if (kind === 'Trigger' && broker !== undefined)
    return [
      { apiVersion, kind: 'Broker', metadata: { namespace: brokerRef?.namespace || namespace, name: brokerRef?.name || broker }, spec: {} },
    ];
  if (kind === 'Subscription' && channel?.name && (channel.kind === 'Channel' || channel.kind === 'InMemoryChannel'))
    return [{ apiVersion, kind: channel.kind, metadata: { namespace, name: channel.name }, spec: {} }];
  return [];
}
