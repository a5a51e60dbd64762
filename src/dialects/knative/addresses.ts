import type { Address } from '../../core/event/event.ts';
import type { KindName, RuleOf } from './rules.ts';

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

/** What a step of a Sequence gets, counted from 0. The first one gets what is sent to the Sequence. */
export const stepAddress = (name: string, step: number): Address =>
  step === 0 ? addressOf('Sequence', name) : { source: `Sequence:${name}`, subject: `step-${step}` };

/** What a branch of a Parallel gets that has passed its filter. */
export const branchAddress = (name: string, branch: number): Address => ({ source: `Parallel:${name}`, subject: `branch-${branch}` });

/** Answers on their way out of a flow, or out of one of its branches. */
export const replyAddress = (kind: 'Sequence' | 'Parallel', name: string, branch?: number): Address => ({
  source: `${kind}:${name}`,
  subject: branch === undefined ? 'reply' : `reply-${branch}`,
});

const classAnnotation = 'eventing.knative.dev/broker.class';
const ownClasses = ['MTChannelBasedBroker', 'ChannelBasedBroker', ''];

/** The class of a Broker that another controller works; undefined for all else. */
export function foreignClass({ kind, metadata }: Pick<RuleOf<KindName>, 'kind' | 'metadata'>): string | undefined {
  const named = kind === 'Broker' ? (metadata.annotations?.[classAnnotation] ?? '') : '';
  return ownClasses.includes(named) ? undefined : named;
}

export const isForeign = (rule: Pick<RuleOf<KindName>, 'kind' | 'metadata'>): boolean => foreignClass(rule) !== undefined;
