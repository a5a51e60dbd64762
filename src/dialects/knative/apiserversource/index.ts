/**
 * ApiServerSource: objects of a Kubernetes API that are added, changed and deleted, as Knative's events.
 *
 * Each kind in each namespace is a collection that is watched by the machinery of the `resource` source, with its memory: what was there
 * at the first start is not sent, and after a stop of any length exactly what changed meanwhile is. Plurals come from discovery; a kind
 * that is not there yet is waited for, and that is told.
 */
import { z } from 'zod';
import { defineEventSource, type EventSourceContext } from '../../../../eventsources/event-source.ts';
import { listen } from '../../../../eventsources/resource/listen.ts';
import type { Plan } from '../../../../eventsources/resource/plan.ts';
import { busAttributesOf } from '../../../core/cloudevents/bus-event.ts';
import { type EventDraft, makeEvent } from '../../../core/event/event.ts';
import type { ResourceType } from '../../../core/kube/kube.ts';
import { apiVersionOf } from '../../../core/kube/resource-path.ts';
import { watchResources } from '../../../core/kube/watch.ts';
import { compileFilter } from '../filters/index.ts';
import type { ApiServerSourceSpec } from '../kinds/api-server-source.ts';
import { overridesIn } from '../overrides.ts';
import type { SourcePlan } from '../source-plan.ts';
import { followNamespaces, namespacesOf, resourceOf } from './collections.ts';
import { Crew } from './crew.ts';
import { knativeForm } from './form.ts';
import { labelSelectorText } from './label-selector.ts';
import { ownerFilter } from './owner.ts';

export const apiServerSource = defineEventSource({
  type: 'apiserversource',
  summary: 'Kubernetes objects that are added, updated or deleted, as Knative tells of them.',
  stability: 'beta',
  spec: z.custom<SourcePlan<ApiServerSourceSpec>>(),
  examples: [],
  oneOwner: true,
  async run(source, whole) {
    const context = withFilters(source, whole);
    const { resources = [], namespaceSelector } = source.spec;
    const namespaces = namespacesOf(namespaceSelector, source.namespace);
    const crew = new Crew(context.ready);
    for (const [index, { apiVersion = '', kind = '', selector }] of resources.entries()) {
      const labelSelector = selector && labelSelectorText(selector);
      const before = resources.slice(0, index).filter((one) => one.apiVersion === apiVersion && one.kind === kind).length;
      crew.start(String(index), async (signal, ready) => {
        const inner = { ...context, signal: AbortSignal.any([context.signal, signal]), ready };
        const labels = { eventsource: context.eventSourceName, event: context.eventName, resource: `${apiVersion} ${kind}` };
        const type = await resourceOf(apiVersion, kind, labels, inner);
        const follow = (namespace: string | undefined, one: EventSourceContext) =>
          followCollection(source, { type, namespace, labelSelector, before }, one);
        if (!type.namespaced) return follow(undefined, inner);
        if ('fixed' in namespaces) return follow(namespaces.fixed, inner);
        const each = new Crew(ready);
        const within = AbortSignal.any([inner.signal, each.failed]);
        await followNamespaces(namespaces.selector, { ...inner, signal: within }, labels, async (names) => {
          await each.keep((name) => names.has(name));
          for (const name of names)
            each.start(name, (stop, isReady) => follow(name, { ...inner, signal: AbortSignal.any([within, stop]), ready: isReady }));
        });
        await each.end();
      });
    }
    await new Promise<void>((resolve) => {
      for (const signal of [context.signal, crew.failed]) signal.addEventListener('abort', () => resolve(), { once: true });
      if (context.signal.aborted || crew.failed.aborted) resolve();
    });
    await crew.end();
  },
});

interface Collection {
  readonly type: ResourceType;
  /** Undefined for all, and for objects of the whole cluster. */
  readonly namespace: string | undefined;
  readonly labelSelector: string | undefined;
  /** How many entries before it name the same kind, with other labels. */
  readonly before: number;
}

async function followCollection(
  source: SourcePlan<ApiServerSourceSpec>,
  collection: Collection,
  context: EventSourceContext,
): Promise<void> {
  const { type, namespace, labelSelector } = collection;
  const { kube, clock, tell, eventSourceName: eventsource, eventName: event } = context;
  const labels = { eventsource, event, resource: type.resource };
  const where = source.spec.owner ? `owner ${source.spec.owner.kind}` : '';
  tell.watching({ ...labels, namespace: namespace ?? 'all namespaces', where: [labelSelector, where].filter(Boolean).join(', ') });
  await listen(planOf(source, collection, context), context, (signal, watching) =>
    watchResources(kube, type, { namespace, labelSelector, inPages: true }, { signal, clock, tell, labels, watching }),
  );
}

function planOf(
  { namespace, name, spec, address, intoBroker }: SourcePlan<ApiServerSourceSpec>,
  collection: Collection,
  { kube, clock }: EventSourceContext,
): Plan {
  const { type, labelSelector = '', before } = collection;
  const { mode, owner, ceOverrides } = spec;
  const overrides = overridesIn(ceOverrides);
  const memory = {
    name: `apiserversource/${namespace}/${name}`,
    prefix: `${apiVersionOf(type)} ${type.resource}${before || ''} ${collection.namespace ?? ''}/`,
  };
  return {
    memory,
    address,
    scope: labelSelector,
    filtered: JSON.stringify(owner ?? {}),
    filter: ownerFilter(owner),
    wants: () => true,
    afterStart: true,
    tellsLeft: false,
    addsAll: false,
    // Subscribers would see the key: the order is in a mark of the form.
    orderKeyOf: () => undefined,
    form: knativeForm(
      { key: `${memory.name} ${memory.prefix}`, resource: type, manner: { mode, server: kube.server, overrides }, intoBroker },
      () => clock.now(),
    ),
  };
}

/** `filters` look at the finished event: one that does not pass is not published, and counts as dealt with. */
function withFilters({ spec, address }: SourcePlan<ApiServerSourceSpec>, context: EventSourceContext): EventSourceContext {
  if (!spec.filters?.length) return context;
  const { filter } = compileFilter({ filters: spec.filters }, ['spec']).value;
  const { clock, tell, eventSourceName: eventsource, eventName: event } = context;
  return {
    ...context,
    async emit(draft: EventDraft, about) {
      const refusal = filter(busAttributesOf(makeEvent(draft, { ...address, type: '' }, clock.now())));
      if (!refusal) return context.emit(draft, about);
      tell.eventFilteredAtSource({ eventsource, event, ...about?.fields, id: draft.id, because: `${refusal.at}: ${refusal.because}` });
      return undefined;
    },
  };
}
