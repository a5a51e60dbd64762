/**
 * Messages of a subject of a NATS server; with `jetstream` those of a stream, which are kept until they are stored. See `README.md`.
 */
import { defineEventSource } from '../event-source.ts';
import { Backlog } from '../messages/backlog.ts';
import { keepConnected } from '../messages/keep-connected.ts';
import { withNats } from './connection.ts';
import { consume } from './consume.ts';
import { checkNats, natsSpec } from './spec.ts';
import { subscribe } from './subscribe.ts';

export const nats = defineEventSource({
  type: 'nats',
  summary: 'Messages of a subject of a NATS server, or of a JetStream stream.',
  stability: 'beta',
  spec: natsSpec,
  examples: [
    { title: 'A plain subject', spec: { url: 'nats://nats.nats:4222', subject: 'orders.*', jsonBody: true } },
    {
      title: 'A stream that keeps what we miss',
      spec: { url: 'nats://nats.nats:4222', subject: 'orders.*', jetstream: {}, jsonBody: true },
    },
  ],
  oneOwner: true,
  check: checkNats,
  async run(spec, context) {
    const backlog = new Backlog(context, spec.metadata);
    await keepConnected(context, (listening) =>
      withNats(spec, context, (open) => {
        const session = { ...open, listening };
        return spec.jetstream ? consume(spec, spec.jetstream, context, session) : subscribe(spec, backlog, session);
      }),
    );
  },
});
