import type { Refusal } from '../../../../sensors/filters/verdict.ts';
import type { Attributes, AttributeValue } from '../../../core/cloudevents/attributes.ts';
import { mediaTypeOf } from '../../../core/cloudevents/media-type.ts';

/** Says nothing of an event that passes. One that could not be asked has `failed`, and that is a "no" however it is turned. */
export type Filter = (attributes: Attributes) => Refusal | undefined;

/** A filter, and the texts that some attributes must have to pass it: what an event can be looked up by, before the filter is asked. */
export interface Keyed {
  readonly filter: Filter;
  readonly exact: Exact;
}

export type Exact = ReadonlyMap<string, string>;

export const nothingExact: Exact = new Map();

/** An attribute under the names that filters know: two have another name beside, and a time that was not said is the first of all. */
export function attributeOf(attributes: Attributes, name: string): AttributeValue | undefined {
  if (name === 'schemaurl') return attributes('dataschema');
  if (name === 'time') return attributes('time') ?? '0001-01-01T00:00:00Z';
  if (name !== 'datamediatype') return attributes(name);
  const type = attributes('datacontenttype');
  return typeof type === 'string' ? mediaTypeOf(type) : undefined;
}

export const isAttributeName = (name: string): boolean => /^[a-z][a-z0-9]*$/.test(name);

export const missing = (name: string): string => `the event has no attribute \`${name}\``;
