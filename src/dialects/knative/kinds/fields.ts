import { z } from 'zod';

/** What Knative's program needs and we do not look into. */
export const freeForm = () => z.record(z.string(), z.unknown());

const reference = z
  .strictObject({
    apiVersion: z.string().optional().describe('The API version of the object.'),
    kind: z.string().optional().describe('Its kind.'),
    name: z.string().optional().describe('Its name.'),
    namespace: z.string().optional().describe('Its namespace; that of the rule when left out.'),
    address: z.string().optional().describe('Which of its addresses is meant, by name, where it has several.'),
  })
  .describe('An object that can be called.');

/** Where events are sent. What has to be there is asked by `checkDestination`, so that everything that is wrong is told at once. */
export const destination = () =>
  z.strictObject({
    ref: reference.optional().describe('An object that can be called: a Service, a Broker, a Channel, an EventListener.'),
    uri: z.string().optional().describe('A URL; together with `ref`, a path at the address of that object.'),
    CACerts: z.string().optional().describe('Certificates of the authorities that the receiver’s certificate may be signed by, as PEM.'),
    audience: z.string().optional().describe('For whom a token would be made; not used here.'),
  });

export type Reference = z.output<typeof reference>;
export type Destination = z.output<ReturnType<typeof destination>>;

export const ceOverrides = () =>
  z
    .strictObject({
      extensions: z.record(z.string(), z.string()).optional().describe('Extensions that are set on each event.'),
    })
    .optional()
    .describe('What is changed in each event before it is sent.');

export type CeOverrides = z.output<ReturnType<typeof ceOverrides>>;

export const labelSelector = () =>
  z.strictObject({
    matchLabels: z.record(z.string(), z.string()).optional().describe('Labels that have to be equal.'),
    matchExpressions: z
      .array(
        z.strictObject({
          key: z.string().describe('The name of the label.'),
          operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']).describe('How it is compared.'),
          values: z.array(z.string()).optional().describe('The values, for `In` and `NotIn`.'),
        }),
      )
      .optional()
      .describe('Conditions, all of which have to hold.'),
  });

export type LabelSelector = z.output<ReturnType<typeof labelSelector>>;

/** How often and how fast an event is sent again, and where it goes in the end. */
export const delivery = () =>
  z
    .strictObject({
      retry: z.int().optional().describe('How often it is sent again after the first time.'),
      backoffPolicy: z.string().optional().describe('How the waits grow: `linear` or `exponential`.'),
      backoffDelay: z.string().optional().describe('The first wait, as an ISO 8601 duration such as `PT0.2S`.'),
      timeout: z.string().optional().describe('How long an answer is waited for, as an ISO 8601 duration.'),
      retryAfterMax: z.string().optional().describe('The longest wait that a receiver may ask for by `Retry-After`; `PT0S` for none.'),
      deadLetterSink: destination()
        .optional()
        .describe('Where an event goes that nobody took; without it, it is kept among our own dead letters.'),
      format: z.string().optional().describe('How events are written: `binary` or `json`.'),
    })
    .optional()
    .describe('What happens when an event cannot be delivered.');

export type DeliverySpec = z.output<ReturnType<typeof delivery>>;

export const filters = () =>
  z
    .array(freeForm())
    .optional()
    .describe('Conditions, all of which have to hold; in each one of `exact`, `prefix`, `suffix`, `all`, `any`, `not` and `cesql`.');

export const channelTemplate = () => freeForm().optional().describe('The kind of channel that Knative makes; not used here.');
