/** Notifications of a StorageGRID about objects in a bucket. See `README.md`. */
import { z } from 'zod';
import { secretKeySelector } from '../../src/core/access/selectors.ts';
import { checkTls, tlsSpec } from '../../src/core/access/tls.ts';
import { error, type Finding, under } from '../../src/core/errors/finding.ts';
import { answerCalls } from '../called/answer-calls.ts';
import { calledField, checkCalledBlock } from '../called/spec.ts';
import { metadataField, required, requiredList } from '../common-fields.ts';
import { defineEventSource } from '../event-source.ts';
import { storageGridHooks } from './hooks.ts';
import { takeStorageGrid } from './take.ts';

const storageGridSpec = z.strictObject({
  webhook: calledField(),
  topicArn: required('topic arn must be provided').describe('The name under which StorageGRID knows our address.'),
  apiURL: required('api url must be provided').describe('The address of the tenant API, e.g. `https://grid.example.com/api/v3`.'),
  authToken: secretKeySelector('A token of the tenant API').optional(),
  bucket: required('bucket name must be provided').describe('The bucket.'),
  events: requiredList('event types must be provided').describe('What is told, e.g. `ObjectCreated:*`.'),
  region: z.string().default('us-east-1').describe('Without effect, as in Argo.'),
  filter: z
    .strictObject({
      prefix: z.string().default('').describe('How the name of an object has to begin.'),
      suffix: z.string().default('').describe('How the name of an object has to end.'),
    })
    .optional()
    .describe('Which objects concern us. Without it all do.'),
  tls: tlsSpec.optional(),
  metadata: metadataField(),
});

export type StorageGridSpec = z.output<typeof storageGridSpec>;

export const storageGrid = defineEventSource({
  type: 'storageGrid',
  summary: 'Notifications of a StorageGRID: objects that are made and deleted.',
  stability: 'alpha',
  spec: storageGridSpec,
  examples: [
    {
      title: 'Pictures that are put into a bucket',
      spec: {
        webhook: { port: '12000', endpoint: '/grid', method: 'POST', url: 'https://hooks.example.com' },
        topicArn: 'urn:example:sns:us-east-1::pictures',
        apiURL: 'https://grid.example.com/api/v3',
        authToken: { name: 'grid', key: 'token' },
        bucket: 'pictures',
        events: ['ObjectCreated:*'],
        filter: { suffix: '.png' },
      },
    },
  ],
  oneOwner: false,
  check: (spec) => [...checkStorageGrid(spec), ...checkCalledBlock(spec.webhook)],
  run: async (spec, context) => answerCalls(spec.webhook, context, takeStorageGrid(spec, context), await storageGridHooks(spec, context)),
});

function checkStorageGrid({ authToken, tls }: StorageGridSpec): Finding[] {
  const findings = under('tls', checkTls(tls));
  return authToken ? findings : [error('CONFIG_INVALID', ['authToken'], { problem: 'api auth token must be provided' }), ...findings];
}
