/**
 * Kubernetes objects that are made, changed and deleted, as events with the body of Argo Events (`{type, body, oldBody, group, …}`).
 *
 * It remembers in the bus what it has seen: after a stop of any length it sends exactly what changed meanwhile. See `README.md`.
 */
import { watchResources } from '../../src/core/kube/watch.ts';
import { unlessAborted } from '../../src/core/lifecycle/unless-aborted.ts';
import { defineEventSource } from '../event-source.ts';
import { checkResource } from './check.ts';
import { listen } from './listen.ts';
import { planOf } from './plan.ts';
import { labelSelectorOf } from './selectors.ts';
import { resourceSpec } from './spec.ts';

export const resource = defineEventSource({
  type: 'resource',
  summary: 'Kubernetes objects that are added, updated or deleted.',
  stability: 'beta',
  spec: resourceSpec,
  examples: [
    {
      title: 'Services of one namespace that ask for an Ingress',
      spec: {
        version: 'v1',
        resource: 'services',
        namespace: 'playground',
        eventTypes: ['ADD', 'UPDATE', 'DELETE'],
        filter: { fields: [{ key: 'metadata.annotations.autodeploy-ingress-host', operation: '==', value: '.+' }] },
      },
    },
    {
      title: 'Pods with a label, in all namespaces',
      spec: { version: 'v1', resource: 'pods', eventTypes: ['ADD'], filter: { labels: [{ key: 'app', operation: '==', value: 'web' }] } },
    },
  ],
  oneOwner: true,
  check: checkResource,
  async run(spec, context) {
    const { kube, clock, tell, eventSourceName: eventsource, eventName: event } = context;
    const { group, version, resource, filter } = spec;
    const labels = { eventsource, event };
    const selection = { namespace: spec.namespace || undefined, labelSelector: labelSelectorOf(filter?.labels ?? []), inPages: true };
    const where = [selection.labelSelector, ...(filter?.fields ?? []).map(({ key, operation, value }) => `${key} ${operation} ${value}`)];
    tell.watching({
      ...labels,
      resource,
      namespace: spec.namespace || 'all namespaces',
      types: spec.eventTypes,
      where: where.filter(Boolean).join(', '),
    });
    await listen(planOf(spec, context), context, (signal, watching) => {
      const type = () => unlessAborted(kube.resource(group, version, resource), signal);
      return watchResources(kube, type, selection, { signal, clock, tell, labels, watching });
    });
  },
});
