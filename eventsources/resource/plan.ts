import type { Address } from '../../src/core/event/event.ts';
import type { EventSourceContext } from '../event-source.ts';
import { argoForm } from './argo-form.ts';
import { compileFilter, type Filter } from './filter.ts';
import type { EventForm } from './form.ts';
import { orderKeyOf } from './identity.ts';
import { labelSelectorOf } from './selectors.ts';
import type { ChangeType, ResourceSpec } from './spec.ts';

/** What a run over one collection of objects is told by its rule, in whichever dialect that is written. */
export interface Plan {
  /** The store of its memory, and where in it: several collections may share one. */
  readonly memory: { readonly name: string; readonly prefix: string };
  /** Under which its events travel. */
  readonly address: Address;
  /** What is watched, and which of it passes, as texts: compared with those of the run before. */
  readonly scope: string;
  readonly filtered: string;
  readonly filter: Filter;
  /** Which changes become events. */
  wants(type: ChangeType): boolean;
  /** What a list tells of the time before the first start is left out. */
  readonly afterStart: boolean;
  /** An object that ceases to pass is told of as a DELETE. */
  readonly tellsLeft: boolean;
  /** Every start sends an ADD for each object that is there. */
  readonly addsAll: boolean;
  /** Changes with one key are worked in order. */
  orderKeyOf(names: { readonly namespace: string; readonly name: string }): string | undefined;
  readonly form: EventForm;
}

export function planOf(spec: ResourceSpec, context: Pick<EventSourceContext, 'namespace' | 'eventSourceName' | 'eventName'>): Plan {
  const { namespace, eventSourceName: source, eventName: subject } = context;
  const { group, resource, filter, eventTypes } = spec;
  return {
    memory: { name: `eventsource/${namespace}/${source}/${subject}`, prefix: '' },
    address: { source, subject },
    scope: JSON.stringify([group, resource, spec.namespace, labelSelectorOf(filter?.labels ?? []) ?? '']),
    filtered: JSON.stringify(filter ?? {}),
    filter: compileFilter(filter),
    wants: (type) => eventTypes.includes(type),
    afterStart: filter?.afterStart ?? false,
    tellsLeft: spec.whenLeft === 'DELETE',
    addsAll: spec.initialList === 'adds',
    orderKeyOf: (names) => orderKeyOf(spec, names),
    form: argoForm(spec, context),
  };
}
