/** Messages of a topic of Amazon SNS, which calls us, and the subscription where we may make it. See `README.md`. */
import { HttpClient } from '../../src/core/http/client.ts';
import { answerCalls } from '../called/answer-calls.ts';
import { checkCalledBlock } from '../called/spec.ts';
import { defineEventSource } from '../event-source.ts';
import { checkSns, snsSpec } from './spec.ts';
import { snsSubscription } from './subscribe.ts';
import { takeSns } from './take.ts';

export const sns = defineEventSource({
  type: 'sns',
  summary: 'Messages of a topic of Amazon SNS.',
  stability: 'beta',
  spec: snsSpec,
  examples: [
    {
      title: 'A topic that we subscribe to',
      spec: {
        webhook: { port: '12000', endpoint: '/sns', method: 'POST', url: 'https://hooks.example.com' },
        topicArn: 'arn:aws:sns:eu-west-1:123456789012:orders',
        region: 'eu-west-1',
        accessKey: { name: 'aws', key: 'access' },
        secretKey: { name: 'aws', key: 'secret' },
      },
    },
  ],
  oneOwner: false,
  check: (spec) => [...checkSns(spec), ...checkCalledBlock(spec.webhook)],
  async run(spec, context) {
    await using client = new HttpClient();
    await answerCalls(spec.webhook, context, takeSns(spec, client, context), snsSubscription(spec, client, context));
  },
});
