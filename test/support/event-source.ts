import { type EventSource, eventSourceKind } from '../../eventsources/kind.ts';

/** The EventSource "es" of the namespace "playground", with these entries by type and name. */
export const eventSourceOf = (spec: object, { name = 'es', namespace = 'playground' } = {}): EventSource =>
  eventSourceKind.schema.parse({ apiVersion: 'argoproj.io/v1alpha1', kind: 'EventSource', metadata: { name, namespace }, spec });
