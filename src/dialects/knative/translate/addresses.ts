import type { Address } from '../../../core/event/event.ts';
import type { KindName, RuleOf } from '../rules.ts';

/** Kinds whose objects take events and that run here, with the groups in which they are written. */
export const addressables: readonly { readonly kind: KindName; readonly groups: readonly string[] }[] = [
  { kind: 'Broker', groups: ['eventing.knative.dev'] },
  { kind: 'Channel', groups: ['messaging.knative.dev'] },
  { kind: 'InMemoryChannel', groups: ['messaging.knative.dev'] },
  { kind: 'Sequence', groups: ['flows.knative.dev', 'messaging.knative.dev'] },
  { kind: 'Parallel', groups: ['flows.knative.dev', 'messaging.knative.dev'] },
  { kind: 'EventTransform', groups: ['eventing.knative.dev'] },
  { kind: 'JobSink', groups: ['sinks.knative.dev'] },
];

/** Where what is sent to an object travels. */
export const addressOf = (kind: KindName, name: string): Address => ({ source: `${kind}:${name}`, subject: 'event' });

/** What a step of a Sequence, or a branch of a Parallel behind its filter, gets. The first step gets what is sent to the Sequence. */
export const stepAddress = (kind: 'Sequence' | 'Parallel', name: string, step: number): Address => ({
  source: `${kind}:${name}`,
  subject: kind === 'Sequence' && step === 0 ? 'event' : `step-${step}`,
});

const classAnnotation = 'eventing.knative.dev/broker.class';
const ownClasses = ['MTChannelBasedBroker', 'ChannelBasedBroker', ''];

/** The class of a Broker that another controller works; undefined for all else. */
export function foreignClass({ kind, metadata }: Pick<RuleOf<KindName>, 'kind' | 'metadata'>): string | undefined {
  const named = kind === 'Broker' ? (metadata.annotations?.[classAnnotation] ?? '') : '';
  return ownClasses.includes(named) ? undefined : named;
}

export const isForeign = (rule: Pick<RuleOf<KindName>, 'kind' | 'metadata'>): boolean => foreignClass(rule) !== undefined;
