import { z } from 'zod';
import { error, type Finding, warning } from '../src/core/errors/finding.ts';
import { type Kind, ruleObject } from '../src/core/schema/kind.ts';
import { checkRoutes } from './called/check-routes.ts';
import type { EventSourceDefinition } from './event-source.ts';
import { checkExpression } from './filter.ts';
import { eventSources, unsupported } from './registry.ts';

const freeForm = () => z.record(z.string(), z.unknown());

type Definitions = (typeof eventSources)[number];
type Entries = {
  [Type in Definitions['type']]: z.ZodOptional<z.ZodRecord<z.ZodString, Extract<Definitions, { type: Type }>['spec']>>;
};
type ForeignEntries = { [Type in keyof typeof unsupported]: z.ZodOptional<ReturnType<typeof freeForm>> };

/** One optional map of entries for each type of source. */
const entries = Object.fromEntries(
  eventSources.map(({ type, spec, summary }) => [type, z.record(z.string(), spec).optional().describe(`${summary} By name of the event.`)]),
) as unknown as Entries;

const foreignEntries = Object.fromEntries(
  Object.entries(unsupported).map(([type, because]) => [type, freeForm().optional().describe(`Not supported: ${because}.`)]),
) as unknown as ForeignEntries;

const spec = z
  .strictObject({
    eventBusName: z.string().default('default').describe('The EventBus in the same namespace that takes the events.'),
    template: freeForm().optional().describe('Settings of the pod, where a controller makes one.'),
    service: freeForm().optional().describe('Settings of the Service, where a controller makes one.'),
    replicas: z.int().optional().describe('How many processes run it, where a controller makes them.'),
    ...entries,
    ...foreignEntries,
  })
  .describe('What is listened to: under each type of source, entries by the name of the event.');

const schema = ruleObject('EventSource', spec);

export type EventSource = z.output<typeof schema>;

/** EventSource of Argo Events: where events come from. The key under a type is the event's name. */
export const eventSourceKind: Kind<typeof schema> = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  kind: 'EventSource',
  plural: 'eventsources',
  shortNames: ['es'],
  summary: 'Where events come from.',
  about:
    'It listens to something, such as the objects of a Kubernetes API, and publishes what happens there to an EventBus as CloudEvents. ' +
    'Each entry under a type of source is one event, and the key is its name: a Sensor asks for it by `eventSourceName` and `eventName`.',
  schema,
  check: ({ spec }) => [
    ...checkTypes(spec),
    ...checkNames(spec),
    ...checkEntries(spec),
    ...checkRoutes(eventSources.map(({ type }) => [type, spec[type] ?? {}])),
  ],
};

/** Types that we do not have refuse the whole object: half of its events would be worse than none. */
function checkTypes(spec: EventSource['spec']): Finding[] {
  const refused = unsupportedTypes
    .filter((type) => spec[type] !== undefined)
    .map((type) =>
      error('CONFIG_UNSUPPORTED', ['spec', type], { what: `the event source type ${type}`, because: unsupported[type] }, { atKey: true }),
    );
  if (refused.length > 0) return refused;
  if (eventSources.some(({ type }) => Object.keys(spec[type] ?? {}).length > 0)) return [];
  return [warning('CONFIG_INVALID', ['spec'], { problem: 'there is no event in this EventSource, so it never sends anything' })];
}

const unsupportedTypes = Object.keys(unsupported) as (keyof typeof unsupported)[];

/** An event's name stands alone on the bus, so it may not occur under two types. */
function checkNames(spec: EventSource['spec']): Finding[] {
  const seen = new Set<string>();
  const findings: Finding[] = [];
  for (const type of [...eventSources.map((definition) => definition.type), ...unsupportedTypes]) {
    for (const name of Object.keys(spec[type] ?? {})) {
      if (seen.has(name)) {
        const problem = `more than one "${name}" found in the spec`;
        findings.push(error('CONFIG_INVALID', ['spec', type, name], { problem }, { atKey: true }));
      }
      seen.add(name);
    }
  }
  return findings;
}

function checkEntries(spec: EventSource['spec']): Finding[] {
  return eventSources.flatMap((definition) =>
    Object.entries(spec[definition.type] ?? {}).flatMap(([name, entry]) =>
      [...((definition as EventSourceDefinition).check?.(entry) ?? []), ...checkExpression(entry)].map((finding) => ({
        ...finding,
        path: ['spec', definition.type, name, ...finding.path],
      })),
    ),
  );
}
