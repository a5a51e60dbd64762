import type { Case } from '../adapter.ts';
import type { Difference } from '../differences.ts';

/** The resource source: fields as text, times of changes, and its memory. */
export const resourceDifferences: readonly Difference[] = [
  {
    parts: ['argo/resource-filter'],
    when: ({ filter, object }) =>
      onlyKeyOf(filter) === 'fields' && filter.fields.some(({ key }: Case) => ['number', 'boolean'].includes(typeof at(object, key))),
    expected: ({ filter, object }) => ({ pass: filter.fields.every((selector: Case) => fieldPasses(object, selector)) }),
    because: 'B33: a number or boolean is compared by its text, not as the empty text',
  },
  {
    parts: ['argo/resource-filter'],
    when: ({ filter, object, startTime, eventType }) =>
      onlyKeyOf(filter) === 'afterStart' &&
      (Date.parse(startTime) % 1000 !== 0 || (eventType === 'UPDATE' && managed(object).some(({ operation }) => operation === 'Apply'))),
    expected: ({ filter, object, startTime, eventType }) => ({
      pass: !filter.afterStart || changed(object, eventType) >= Math.floor(Date.parse(startTime) / 1000) * 1000,
    }),
    because: 'B34: server-side apply counts as a change, and the second of the start as after it',
  },
  {
    parts: ['argo/resource-payload'],
    when: ({ input }) => input.notification?.tombstone !== undefined,
    expected: ({ input: { spec, notification } }) => {
      const { group = '', version, resource, metadata } = spec;
      const payload = { type: 'DELETE', body: notification.tombstone.obj, oldBody: null, group, version, resource };
      if (!spec.eventTypes.includes('DELETE')) return { payload: null };
      return { payload: metadata ? { ...payload, metadata } : payload };
    },
    because: 'B2: a delete that only a list shows is a DELETE like any other, with the last state as body',
  },
  {
    parts: ['argo/resource-payload'],
    when: ({ input }) => input.before !== undefined && input.existing !== undefined,
    expected: ({ input: { before, existing, spec } }) => {
      const missing = before.filter((old: Case) => !existing.some((one: Case) => one.metadata.name === old.metadata.name));
      const types = existing.flatMap((one: Case) => {
        const old = before.find((other: Case) => other.metadata.name === one.metadata.name);
        if (!old) return ['ADD'];
        return old.metadata.resourceVersion === one.metadata.resourceVersion ? [] : ['UPDATE'];
      });
      return { types: [...missing.map(() => 'DELETE'), ...types].filter((type) => spec.eventTypes.includes(type)) };
    },
    because: 'K1: a start that is not the first sends what changed meanwhile',
  },
];

const onlyKeyOf = (filter: Case | null): string | undefined =>
  filter && Object.keys(filter).length === 1 ? Object.keys(filter)[0] : undefined;

const at = (object: Case, key: string): unknown =>
  key.split('.').reduce<unknown>((inner, step) => (inner as Case | undefined)?.[step], object);

function fieldPasses(object: Case, { key, operation, value }: Case): boolean {
  const found = at(object, key);
  if (found === undefined || !['=', '==', '!='].includes(operation)) return false;
  return new RegExp(value).test(typeof found === 'object' ? '' : String(found)) === (operation !== '!=');
}

const managed = (object: Case): Case[] => object.metadata.managedFields ?? [];

function changed({ metadata }: Case, type: string): number {
  const made = Date.parse(metadata.creationTimestamp);
  if (type === 'ADD') return made;
  if (type === 'DELETE') return metadata.deletionTimestamp ? Date.parse(metadata.deletionTimestamp) : Number.POSITIVE_INFINITY;
  return Math.max(made, ...managed({ metadata }).map(({ time }) => Date.parse(time)));
}
