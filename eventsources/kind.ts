import { z } from 'zod';
import { error, type Finding, warning } from '../src/core/errors/finding.ts';
import { type Kind, ruleObject } from '../src/core/schema/kind.ts';
import { checkExpression } from './filter.ts';
import { eventSources, notBuiltYet } from './registry.ts';
import { resource } from './resource/index.ts';

const freeForm = () => z.record(z.string(), z.unknown());
const entries = <Spec extends z.ZodType>(spec: Spec) => z.record(z.string(), spec);

const foreign = Object.fromEntries(
  notBuiltYet.map((type) => [type, freeForm().optional().describe(`Entries of type ${type}; not built yet.`)]),
) as Record<(typeof notBuiltYet)[number], z.ZodOptional<ReturnType<typeof freeForm>>>;

const spec = z
  .strictObject({
    eventBusName: z.string().default('default').describe('The EventBus in the same namespace that takes the events.'),
    template: freeForm().optional().describe('Settings of the pod, where a controller makes one.'),
    service: freeForm().optional().describe('Settings of the Service, where a controller makes one.'),
    replicas: z.int().optional().describe('How many processes run it, where a controller makes them.'),
    resource: entries(resource.spec).optional().describe(`${resource.summary} By name of the event.`),
    ...foreign,
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
  check: ({ spec }) => [...checkTypes(spec), ...checkNames(spec), ...checkEntries(spec)],
};

/** Types that are not built yet refuse the whole object: half of its events would be worse than none. */
function checkTypes(spec: EventSource['spec']): Finding[] {
  const foreign = notBuiltYet.filter((type) => spec[type] !== undefined);
  if (foreign.length > 0) {
    return foreign.map((type) =>
      error('CONFIG_NOT_BUILT_YET', ['spec', type], { feature: `the event source type ${type}` }, { atKey: true }),
    );
  }
  if (eventSources.some(({ type }) => Object.keys(spec[type] ?? {}).length > 0)) return [];
  return [warning('CONFIG_INVALID', ['spec'], { problem: 'there is no event in this EventSource, so it never sends anything' })];
}

/** An event's name stands alone on the bus, so it may not occur under two types. */
function checkNames(spec: EventSource['spec']): Finding[] {
  const seen = new Set<string>();
  const findings: Finding[] = [];
  for (const type of [...eventSources.map((definition) => definition.type), ...notBuiltYet]) {
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
      [...(definition.check?.(entry) ?? []), ...checkExpression(entry)].map((finding) => ({
        ...finding,
        path: ['spec', definition.type, name, ...finding.path],
      })),
    ),
  );
}
