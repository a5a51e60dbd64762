import { z } from 'zod';
import type { Finding } from '../../../core/errors/finding.ts';
import { isObject, type JsonObject } from '../../../core/json/json.ts';
import { parseJson } from '../../../core/json/parse.ts';
import { goJson } from '../../../core/json/stringify.ts';
import { checkPing } from '../pingsource/check.ts';
import { checkDestination, checkOverrides } from './check-fields.ts';
import { defineKind, withSink } from './define.ts';
import { ceOverrides, destination } from './fields.ts';

const spec = z
  .strictObject({
    schedule: z
      .string()
      .default('* * * * *')
      .describe('When events are sent: a cron line of five fields, or six with seconds first, or `@hourly` and the like.'),
    timezone: z.string().default('').describe('The time zone of the schedule, e.g. `Europe/Berlin`; UTC when left out.'),
    contentType: z.string().default('').describe('The content type of the data.'),
    data: z.string().default('').describe('The data of each event, as text.'),
    dataBase64: z.string().default('').describe('The same in base64, for what is not text.'),
    sink: destination().optional().describe('Where the events are sent.'),
    ceOverrides: ceOverrides(),
  })
  .describe('When events are sent, and where they go.');

export type PingSourceSpec = z.output<typeof spec>;

export const pingSourceKind = defineKind({
  group: 'sources.knative.dev',
  version: 'v1',
  kind: 'PingSource',
  plural: 'pingsources',
  alsoAs: [
    { group: 'sources.knative.dev', version: 'v1beta2' },
    { group: 'sources.knative.dev', version: 'v1beta1' },
    { group: 'sources.knative.dev', version: 'v1alpha2' },
    { group: 'sources.knative.dev', version: 'v1alpha1' },
  ],
  columns: [
    { name: 'Sink', jsonPath: '.status.sinkUri' },
    { name: 'Schedule', jsonPath: '.spec.schedule' },
  ],
  summary: 'Sends an event at times that a cron line says.',
  about: 'The events are of type `dev.knative.sources.ping`, with data that never changes. Times at which nobody ran are not made up for.',
  spec,
  upgrade(old, { apiVersion }) {
    const { jsonData, data, ...rest } = withSink(old);
    const text = jsonData ?? (apiVersion.endsWith('/v1alpha1') ? data : undefined);
    if (typeof text !== 'string' || text === '') return data === undefined ? rest : { ...rest, data };
    return { ...rest, contentType: 'application/json', data: asObject(text) };
  },
  check: ({ spec }): Finding[] => [
    ...checkPing(spec),
    ...checkDestination(spec.sink, ['spec', 'sink'], 'a PingSource'),
    ...checkOverrides(spec.ceOverrides, ['spec', 'ceOverrides']),
  ],
});

/** What is no JSON object was put into one under `body`. */
function asObject(text: string): string {
  try {
    if (isObject(parseJson(text))) return text;
  } catch {
    // It is put into an object below.
  }
  return goJson({ body: text } satisfies JsonObject);
}
