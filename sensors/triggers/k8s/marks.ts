import { createHash } from 'node:crypto';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import type { Firing } from '../trigger.ts';

/** Names the firing that made or last edited an object, so that a repeat of it is recognised. */
const firingAnnotation = 'sensorium.io/firing';

/** The W3C trace that the firing belongs to, for whoever acts on the object. */
const traceAnnotation = 'sensorium.io/traceparent';

/** An object that bears the firing as an annotation, and its trace where an event has one. */
export function markedBy(firing: Firing, object: KubeObject): KubeObject {
  const trace = [...firing.events.values()].find(({ extensions }) => extensions['traceparent'] !== undefined)?.extensions['traceparent'];
  const traced = trace === undefined ? {} : { [traceAnnotation]: trace };
  const annotations = { ...object.metadata.annotations, ...traced, [firingAnnotation]: firing.id };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

export const isMarkedBy = (firing: Firing, object: KubeObject): boolean => object.metadata.annotations?.[firingAnnotation] === firing.id;

/** The labels that Argo puts on what it creates. Names that no label can hold are bent until one can. */
export function labelled(firing: Firing, object: KubeObject, now: number): KubeObject {
  const labels = {
    ...object.metadata.labels,
    'events.argoproj.io/sensor': labelValue(firing.sensor),
    'events.argoproj.io/trigger': labelValue(firing.trigger),
    'events.argoproj.io/action-timestamp': String(now),
  };
  return { ...object, metadata: { ...object.metadata, labels } };
}

/** At most 63 letters, digits, `-`, `_` and `.`, with a letter or digit at both ends. */
export function labelValue(text: string): string {
  return text
    .replace(/[^A-Za-z0-9._-]/g, '-')
    .slice(0, 63)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}

/** As the API server has it: some kinds take longer names, all take these. */
const longestName = 63;

/** `generateName` made definite: a repeat of the firing gets the same name, another firing or template another one. */
export function generatedName(firing: Firing, generateName: string, template: string): string {
  const hash = createHash('sha256').update(`${firing.id}:${template}`).digest('hex').slice(0, 10);
  return `${generateName.slice(0, longestName - hash.length)}${hash}`;
}
