/**
 * Writes a message to a Kafka topic for each firing, and waits for the broker's answer.
 *
 * The client tells a message that it sends again by itself from a new one; one that is written by a later attempt, after an answer was
 * lost, is there twice.
 */
import { defineTrigger } from '../trigger.ts';
import { check } from './check.ts';
import { compile, describe, type Ready, type Rendered, render, show } from './render.ts';
import { kafkaSpec } from './spec.ts';
import { write } from './write.ts';

export const kafka = defineTrigger<'kafka', typeof kafkaSpec, Ready, Rendered>({
  type: 'kafka',
  summary: 'Writes a message to a Kafka topic.',
  stability: 'beta',
  spec: kafkaSpec,
  examples: [
    {
      title: 'Write the name of a Pod',
      spec: {
        url: 'kafka.example.com:9092',
        topic: 'pods',
        payload: [{ src: { dependencyName: 'pod', dataKey: 'body.metadata.name' }, dest: 'name' }],
      },
    },
    {
      title: 'Keep the messages of one Pod in order, over TLS with a password',
      spec: {
        url: 'kafka-0.example.com:9093,kafka-1.example.com:9093',
        topic: 'pods',
        partitioningKey: '',
        parameters: [{ src: { dependencyName: 'pod', dataKey: 'body.metadata.uid' }, dest: 'partitioningKey' }],
        payload: [{ src: { dependencyName: 'pod', dataKey: '@this' }, dest: '' }],
        headers: { 'content-type': 'application/json' },
        compress: true,
        tls: { caCertSecret: { name: 'kafka', key: 'ca.crt' } },
        sasl: {
          mechanism: 'SCRAM-SHA-512',
          userSecret: { name: 'kafka', key: 'user' },
          passwordSecret: { name: 'kafka', key: 'password' },
        },
      },
    },
  ],
  check,
  compile,
  render,
  renderPieces: render.pieces,
  describe,
  show,
  fire: write,
});
