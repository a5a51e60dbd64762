/**
 * Messages of a queue of AWS SQS, or of a server that speaks for it; each is deleted once its event is stored. See `README.md`.
 */
import { error, type Finding } from '../../src/core/errors/finding.ts';
import { HttpClient } from '../../src/core/http/client.ts';
import { defineEventSource } from '../event-source.ts';
import { keepConnected } from '../messages/keep-connected.ts';
import { openQueue } from './queue.ts';
import { type SqsSpec, sqsSpec } from './spec.ts';
import { takeAll } from './take.ts';

const keys = { accessKey: { name: 'aws', key: 'access' }, secretKey: { name: 'aws', key: 'secret' } };

export const sqs = defineEventSource({
  type: 'sqs',
  summary: 'Messages of a queue of AWS SQS.',
  stability: 'beta',
  spec: sqsSpec,
  examples: [
    { title: 'A queue of orders, in JSON', spec: { region: 'eu-west-1', queue: 'orders', jsonBody: true, ...keys } },
    {
      title: 'The same on a server that stands in for AWS',
      spec: { region: 'us-east-1', queue: 'orders', endpoint: 'http://moto:5000', ...keys },
    },
  ],
  oneOwner: false,
  check,
  run: (spec, context) =>
    keepConnected(context, async (listening) => {
      await using client = new HttpClient();
      const queue = await openQueue(spec, context, client);
      listening();
      await takeAll(queue, spec, context);
    }),
});

function check({ accessKey, secretKey, endpoint, waitTimeSeconds = 0 }: SqsSpec): Finding[] {
  const findings: Finding[] = [];
  if (!accessKey || !secretKey) {
    const problem = 'accessKey and secretKey must be given: keys of the machine or of a service account are not looked for';
    findings.push(
      error('CONFIG_MISSING', [accessKey ? 'secretKey' : 'accessKey'], { problem }, { hint: 'with `roleARN` they take on that role' }),
    );
  }
  if (endpoint && !(URL.canParse(endpoint) && /^https?:/.test(endpoint))) {
    findings.push(error('CONFIG_INVALID', ['endpoint'], { problem: `"${endpoint}" is no http or https URL` }));
  }
  if (waitTimeSeconds < 0 || waitTimeSeconds > 20) {
    findings.push(error('CONFIG_INVALID', ['waitTimeSeconds'], { problem: `SQS waits from 1 to 20 seconds, not ${waitTimeSeconds}` }));
  }
  return findings;
}
