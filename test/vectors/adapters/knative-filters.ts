import { attributesOf } from '../../../src/core/cloudevents/attributes.ts';
import { compileFilter, type FilterSpec } from '../../../src/dialects/knative/filters/index.ts';
import type { Adapter, Case } from '../adapter.ts';
import { eventOf } from './cloudevents.ts';

const delivers = (spec: FilterSpec, event: Case): boolean => {
  const { value, findings } = compileFilter(spec, []);
  return findings.length === 0 && value.filter(attributesOf(eventOf(event))) === undefined;
};

const onlyWhatIsDelivered = ({ wantDeliver }: Case) => ({ wantDeliver });

export const triggerFilters: Adapter = {
  expected: onlyWhatIsDelivered,
  run: ({ filters, event }) => ({ wantDeliver: delivers({ filters }, event) }),
};

export const triggerFilterAttributes: Adapter = {
  expected: onlyWhatIsDelivered,
  run: ({ attributes, event }) => ({ wantDeliver: delivers({ filter: { attributes: attributes ?? undefined } }, event) }),
};
