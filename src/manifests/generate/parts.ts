import type { z } from 'zod';
import { eventSources } from '../../../eventsources/registry.ts';
import { triggers } from '../../../sensors/triggers/registry.ts';
import type { Component } from '../../core/schema/component.ts';

/** A part with a page of its own. */
export interface Part {
  readonly what: 'event source' | 'trigger';
  readonly component: Component<string, z.ZodType>;
  /** Where it stands in its kind. */
  readonly kind: string;
  readonly path: string;
  /** Below `docs/reference`. */
  readonly page: string;
  /** Where its code is, and the page on what it does. */
  readonly folder: string;
  /** An example as it stands in a rule. */
  readonly inRule: (spec: unknown) => object;
}

/** Every registered event source and trigger. */
export const parts: readonly Part[] = [
  ...eventSources.map(
    (component): Part => ({
      what: 'event source',
      component,
      kind: 'EventSource',
      path: `spec.${component.type}.NAME`,
      page: `eventsources/${component.type}.md`,
      folder: `eventsources/${component.type}`,
      inRule: (spec) => ({ [component.type]: { example: spec } }),
    }),
  ),
  ...triggers.map(
    (component): Part => ({
      what: 'trigger',
      component,
      kind: 'Sensor',
      path: `spec.triggers[].template.${component.type}`,
      page: `triggers/${component.type}.md`,
      folder: `sensors/triggers/${component.type}`,
      inRule: (spec) => ({ [component.type]: spec }),
    }),
  ),
];
