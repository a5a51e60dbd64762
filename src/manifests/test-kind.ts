/**
 * The form of `*.test.yaml`: what is given to a Sensor or to another system's rule, and what is expected of it. Read by `sensorium test`; editors complete by the
 * same schema.
 */
import { z } from 'zod';

const freeForm = () => z.record(z.string(), z.unknown());
const texts = () => z.union([z.string(), z.array(z.string())], 'this must be a text or a list of texts');

const given = z
  .strictObject({
    dependency: z.string().optional().describe('The dependency that the event is for.'),
    eventSourceName: z
      .string()
      .optional()
      .describe('Instead of a dependency: the EventSource that sends the event; every dependency that listens is asked.'),
    eventName: z.string().optional().describe('The name of the event in that EventSource.'),
    listener: z.string().optional().describe('The EventListener that is called, by its name or as NAMESPACE/NAME.'),
    trigger: z
      .string()
      .optional()
      .describe(
        'The only trigger that is asked: a Trigger of a Broker, by its name; a trigger of the `listener`, or of the only one that has it.',
      ),
    rule: z
      .string()
      .optional()
      .describe('Another rule that takes CloudEvents: a Broker, Channel, Subscription, Sequence or Parallel, by its name or as KIND:NAME.'),
    header: z
      .record(z.string(), texts())
      .optional()
      .describe('Headers of a call of an EventListener; its content type is JSON where they say nothing else.'),
    body: z.unknown().optional().describe('The body of a call of an EventListener: JSON, or a text that is sent as it is.'),
    data: z.unknown().optional().describe('The payload.'),
    event: freeForm()
      .optional()
      .describe(
        'Attributes of the CloudEvent, as far as they matter, with the payload as `data` or `data_base64`. An EventListener gets it as the call that brings it.',
      ),
    file: z
      .string()
      .optional()
      .describe('A file with the payload, the CloudEvent or the call, as JSON or YAML; its path starts at the test file.'),
  })
  .describe('An event, and whom it is for: a `dependency` of a Sensor, or `listener`, `trigger` or `rule` of another system.');

const firing = z
  .strictObject({
    trigger: z.string().describe('The name of the trigger.'),
    summary: z
      .string()
      .optional()
      .describe('What it would do, in the words of a dry run: a part of the text, or `/a regular expression/`.'),
    object: z
      .unknown()
      .optional()
      .describe('Fields of the Kubernetes object that is sent, where it is one; null for what must not be there.'),
    objectIs: z.unknown().optional().describe('The Kubernetes object that is sent, whole.'),
    rendered: z.unknown().optional().describe('Fields of what is sent by a trigger of any type, as a dry run shows it.'),
    result: z
      .unknown()
      .optional()
      .describe('Fields of the object as the cluster then has it; null when it must be gone. Needs `existing`.'),
    resultIs: z.unknown().optional().describe('The object as the cluster then has it, whole.'),
  })
  .describe('A trigger that fires.');

const existing = z.looseObject({
  apiVersion: z.string().describe('Group and version of its kind.'),
  kind: z.string().describe('Its kind.'),
  metadata: z
    .looseObject({
      name: z.string().describe('Its name.'),
      namespace: z.string().optional().describe('Its namespace; that of the Sensor when left out.'),
    })
    .describe('Its name, and what else it has.'),
});

const settings = {
  sensor: z.string().optional().describe('The name of the Sensor, where the rules hold several.'),
  now: z
    .string()
    .optional()
    .describe('The time that the rule sees, as 2026-01-31T12:00:00Z; the first second of the year 2000 when left out.'),
  existing: z.array(existing).optional().describe('Kubernetes objects that are there; an empty list for an empty cluster.'),
};

/** The whole file. `fires` differs between what an author writes and what is read: a name alone stands for a map with it. */
const schemaWith = <Fires extends z.ZodType>(fires: Fires) =>
  z
    .strictObject({
      rules: z
        .array(z.string())
        .optional()
        .describe('Files or folders with the rules; their paths start at the test file. Its own folder when left out.'),
      ...settings,
      tests: z
        .array(
          z
            .strictObject({
              name: z.string().describe('What is true, as a sentence.'),
              ...settings,
              given: z.array(given).min(1, 'given must hold an event').describe('Events, in their order.'),
              expect: z
                .strictObject({
                  fires: z
                    .array(fires)
                    .optional()
                    .describe('The triggers that fire, all of them and in their order; names, or names with details.'),
                  because: z
                    .record(z.string(), texts())
                    .optional()
                    .describe(
                      'Why not, by dependency or trigger (those of other systems are called as in a dry run): a part of the text, or `/a regular expression/`.',
                    ),
                  payload: freeForm().optional().describe('Fields of the payload after the transform, by dependency; of its last event.'),
                  errors: z.array(z.string()).optional().describe('Texts of the errors that are expected; any other fails the test.'),
                })
                .describe('What must come of it.'),
            })
            .describe('One test.'),
        )
        .min(1, 'tests must hold a test')
        .describe('The tests.'),
    })
    .describe('Tests of rules.');

/** As an author may write it: for editors. */
export const testFileSchema = schemaWith(z.union([z.string(), firing]));

/** As it is read, after `withNames`. */
export const testFileReadSchema = schemaWith(firing);

export type TestFile = z.output<typeof testFileReadSchema>;
export type TestSpec = TestFile['tests'][number];
export type ExpectedFiring = z.output<typeof firing>;
