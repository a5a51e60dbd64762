/**
 * Publishes a message on a NATS server for each firing: a plain one, or with `jetstream` one that a stream has to store.
 *
 * Done means confirmed. A plain message that is sent again after a lost confirmation comes twice; a stream keeps it once.
 */
import { hideCredentials } from '../../../src/core/nats/servers.ts';
import { defineTrigger } from '../trigger.ts';
import { check } from './check.ts';
import { publish } from './publish.ts';
import { compile, describe, type Ready, type Rendered, render } from './render.ts';
import { natsSpec } from './spec.ts';

export const nats = defineTrigger<'nats', typeof natsSpec, Ready, Rendered>({
  type: 'nats',
  summary: 'Publishes a message on a NATS server.',
  stability: 'beta',
  spec: natsSpec,
  examples: [
    {
      title: 'Publish the name of a Pod',
      spec: {
        url: 'nats://nats.example.com:4222',
        subject: 'pods.new',
        payload: [{ src: { dependencyName: 'pod', dataKey: 'body.metadata.name' }, dest: 'name' }],
      },
    },
    {
      title: 'Store it in a stream, under a subject of its own',
      spec: {
        url: 'nats://nats.example.com:4222',
        subject: 'pods.',
        jetstream: true,
        auth: { token: { name: 'nats', key: 'token' } },
        parameters: [{ src: { dependencyName: 'pod', dataKey: 'body.metadata.name' }, dest: 'subject', operation: 'append' }],
        payload: [{ src: { dependencyName: 'pod', dataKey: '@this' }, dest: '' }],
      },
    },
  ],
  check,
  compile,
  render,
  renderPieces: render.pieces,
  describe,
  show: ({ url, subject, body, jetstream }) => ({ url: hideCredentials(url), subject, body, ...(jetstream ? { jetstream } : {}) }),
  fire: publish,
});
