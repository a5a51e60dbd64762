import type { Case } from '../adapter.ts';
import type { Difference } from '../differences.ts';

/** Knative's sources and what is refused of its rules. */
export const knativeDifferences: readonly Difference[] = [
  {
    parts: ['knative/apiserversource-events'],
    when: ({ watchEvent }) => watchEvent !== undefined && isMisguessed(watchEvent.object.kind),
    expected: ({ wantEvent, watchEvent: { object } }) => ({
      wantEvent: { ...wantEvent, subject: wantEvent.subject.replace(/[^/]+(?=\/[^/]+$)/, `${object.kind.toLowerCase()}s`) },
    }),
    because: '13.3: the plural is the one that the server has, and such a kind is watched at all',
  },
  {
    parts: ['knative/validation'],
    when: ({ spec }) => !isUsable(spec.filters),
    expected: () => ({ wantErrors: [{ paths: ['spec.filters'] }] }),
    because: '13.6: a filter that cannot be used is refused, and never left out',
  },
  {
    parts: ['knative/validation'],
    when: ({ kind, spec, features }) =>
      kind === 'ApiServerSource' && spec.filters !== undefined && features?.['new-apiserversource-filters'] !== 'enabled',
    expected: () => ({ wantErrors: [] }),
    because: '13.6, 1.1: filters of an ApiServerSource work without a switch',
  },
  {
    parts: ['knative/validation'],
    when: ({ kind, spec, oldSpec }) => kind === 'Trigger' && oldSpec !== undefined && oldSpec.broker !== spec.broker,
    expected: () => ({ wantErrors: [] }),
    because: '12: a Trigger is a trigger of its Broker’s sensor, and may go to another one like any other rule that is changed',
  },
];

/** Knative makes `ies` of every `y` at the end of a kind. */
const isMisguessed = (kind: string): boolean => /[aeiou]y$/i.test(kind);

const dialects = ['exact', 'prefix', 'suffix', 'all', 'any', 'not', 'cesql'];

/** Each element has one dialect, with something in it and names that an attribute can have. */
const isUsable = (filters: Case[] = []): boolean => filters.every(isUsableFilter);

function isUsableFilter(filter: Case): boolean {
  const [name = '', ...more] = Object.keys(filter);
  if (!dialects.includes(name) || more.length > 0) return false;
  const inner = filter[name];
  if (name === 'not') return isUsableFilter(inner);
  if (name === 'cesql') return inner !== '';
  if (Array.isArray(inner)) return inner.length > 0 && isUsable(inner);
  const entries = Object.entries(inner as Case);
  return entries.length > 0 && entries.every(([attribute, value]) => /^[a-z][a-z0-9]*$/.test(attribute) && value !== '');
}
