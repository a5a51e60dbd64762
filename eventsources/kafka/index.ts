/**
 * Messages of a Kafka topic, as a member of a consumer group or from one partition. Where we are moves on once their events are stored.
 * See `README.md`.
 */
import { defineEventSource } from '../event-source.ts';
import { keepConnected } from '../messages/keep-connected.ts';
import { consume } from './consume.ts';
import { checkKafka, kafkaSpec } from './spec.ts';

export const kafka = defineEventSource({
  type: 'kafka',
  summary: 'Messages of a Kafka topic.',
  stability: 'beta',
  spec: kafkaSpec,
  examples: [
    {
      title: 'A topic with JSON in it, as a group',
      spec: { url: 'kafka.kafka:9092', topic: 'orders', consumerGroup: { groupName: 'sensorium' }, jsonBody: true },
    },
    { title: 'One partition', spec: { url: 'kafka.kafka:9092', topic: 'orders', partition: '0' } },
  ],
  oneOwner: true,
  check: checkKafka,
  async run(spec, context) {
    let leaving: Promise<void> | undefined;
    const onLeave = (left: Promise<void>): void => {
      leaving = left;
    };
    const seen = { withoutTopic: false };
    await keepConnected(context, (listening) => consume(spec, context, { listening, onLeave, seen }));
    await leaving;
  },
});
