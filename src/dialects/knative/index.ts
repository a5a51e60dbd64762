import type { Dialect } from '../dialect.ts';
import { knativeKinds } from './kinds/index.ts';
import { needsOf } from './needs.ts';
import { knativeAdvice } from './together/index.ts';

/** Knative Eventing: sources, Brokers with their Triggers, Channels with their Subscriptions, flows. A Namespace may ask for a Broker by a label. */
export const knative: Dialect = {
  name: 'knative',
  kinds: knativeKinds,
  looksAt: [{ group: '', version: 'v1', resource: 'namespaces', kind: 'Namespace' }],
  needs: needsOf,
  advise: knativeAdvice,
  translation: async () => (await import('./translate/index.ts')).translateKnative,
};
