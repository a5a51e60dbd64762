/**
 * What happens to the objects of a bucket, as MinIO tells it to those who listen. See `README.md`.
 */
import { z } from 'zod';
import { checkS3, s3Access, s3Fields } from '../../src/core/aws/s3.ts';
import { s3Listen } from '../../src/core/aws/s3-listen.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { stableId } from '../../src/core/event/stable-id.ts';
import { isObject, type Json } from '../../src/core/json/json.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import { stringifyJson } from '../../src/core/json/stringify.ts';
import { metadataField } from '../common-fields.ts';
import { defineEventSource, type EventSourceContext } from '../event-source.ts';
import { keepConnected } from '../messages/keep-connected.ts';
import { type Message, relay } from '../messages/relay.ts';

const spec = z.strictObject({
  ...s3Fields(),
  events: z
    .array(z.string())
    .default([])
    .describe(
      'What must have happened, such as `s3:ObjectCreated:Put` or `s3:ObjectRemoved:*`; whatever is made or removed when left out.',
    ),
  filter: z
    .strictObject({
      prefix: z.string().default('').describe('The key must begin with this.'),
      suffix: z.string().default('').describe('The key must end with this.'),
    })
    .optional()
    .describe('Which objects.'),
  metadata: metadataField(),
});

const usual = ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'];

export const minio = defineEventSource({
  type: 'minio',
  summary: 'Objects of a MinIO bucket that are made, read or removed.',
  stability: 'beta',
  spec,
  examples: [
    {
      title: 'Pictures that are put into a bucket',
      spec: {
        endpoint: 'minio.minio:9000',
        bucket: { name: 'pictures' },
        insecure: true,
        events: ['s3:ObjectCreated:*'],
        filter: { suffix: '.jpg' },
        accessKey: { name: 'minio', key: 'accesskey' },
        secretKey: { name: 'minio', key: 'secretkey' },
      },
    },
  ],
  oneOwner: true,
  check: checkS3,
  run: (spec, context) =>
    keepConnected(context, async (listening) => {
      const { prefix = '', suffix = '' } = spec.filter ?? {};
      const wanted = { events: spec.events.length > 0 ? spec.events : usual, prefix, suffix };
      const access = await s3Access(spec, context.secrets, context.signal);
      for await (const lines of s3Listen(spec, access, wanted, context)) {
        listening();
        for (const line of lines) {
          const message = messageOf(line, spec.endpoint, context);
          if (message) await relay(message, spec.metadata, context);
        }
      }
    }),
});

/** Undefined for a line without records, which says that the server is there. */
function messageOf(line: string, endpoint: string, { namespace, eventSourceName, eventName }: EventSourceContext): Message | undefined {
  const records = recordsIn(line, endpoint);
  if (records.length === 0) return undefined;
  const facts = records.map(factOf);
  const names = [namespace, eventSourceName, eventName, endpoint];
  const [first] = facts;
  return {
    id: stableId('minio', ...names, ...facts.flatMap(({ what, bucket, key, sequencer }) => [what, bucket, key, sequencer])),
    orderKey: `${first!.bucket}/${first!.key}`,
    about: { bucket: first!.bucket, key: first!.key, what: first!.what },
    fields: () => ({ notification: stringifyJson(records) }),
  };
}

function recordsIn(line: string, server: string): Json[] {
  let value: Json;
  try {
    value = parseJson(line);
  } catch (cause) {
    throw new EngineError('REMOTE_SENDER', { server, reason: 'what it sends are no notifications' }, { cause });
  }
  const records = isObject(value) ? value['Records'] : undefined;
  return Array.isArray(records) ? records : [];
}

const at = (value: Json | undefined, name: string): Json | undefined => (isObject(value) ? value[name] : undefined);

/** What tells an event from all others: the sequencer grows with each change of an object. */
function factOf(record: Json): { what: string; bucket: string; key: string; sequencer: string } {
  const s3 = at(record, 's3');
  const object = at(s3, 'object');
  return {
    what: `${at(record, 'eventName')}`,
    bucket: `${at(at(s3, 'bucket'), 'name')}`,
    key: `${at(object, 'key')}`,
    sequencer: `${at(object, 'sequencer') ?? at(record, 'eventTime')}`,
  };
}
