import { z } from 'zod';
import { filterField, metadataField } from '../common-fields.ts';

export const calendarSpec = z.strictObject({
  schedule: z
    .string()
    .optional()
    .describe('A cron line of five fields: minute, hour, day of the month, month, weekday. Counts before `interval`.'),
  interval: z.string().optional().describe('How long from one event to the next, such as `10s` or `1h30m`; at least `10ms`.'),
  timezone: z
    .string()
    .default('')
    .describe('Name of the zone whose clocks `schedule` is read by, such as `Europe/London`; UTC when left out.'),
  exclusionDates: z
    .array(z.string())
    .default([])
    .describe(
      'Days without events, each as `EXDATE:20261225T000000Z`, or several of them with commas between. The time of day is not looked at.',
    ),
  persistence: z
    .strictObject({
      catchup: z
        .strictObject({
          enabled: z.boolean().default(false).describe('After a stop, sends what was due meanwhile.'),
          maxDuration: z
            .string()
            .optional()
            .describe('What was due longer ago than this is not sent any more, such as `24h`. No limit when left out.'),
        })
        .optional()
        .describe('What to do about events that were due while nobody was there to send them.'),
      configMap: z
        .strictObject({
          name: z.string().describe('Its name, in the namespace of the EventSource.'),
          createIfNotExist: z.boolean().default(false).describe('Makes it when it is not there.'),
        })
        .optional()
        .describe(
          'A ConfigMap where the last event is kept beside our own memory, in the form of Argo Events, so that either can go on from the other.',
        ),
    })
    .optional()
    .describe('How it goes on after a stop.'),
  metadata: metadataField(),
  filter: filterField(),
});

export type CalendarSpec = z.output<typeof calendarSpec>;
