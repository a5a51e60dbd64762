/**
 * Messages of a channel of an NSQ topic, finished once their event is stored. The client is our own. See `README.md`.
 */
import { z } from 'zod';
import { secretKeySelector } from '../../src/core/access/selectors.ts';
import { checkTls, tlsOptions, tlsSpec } from '../../src/core/access/tls.ts';
import { under } from '../../src/core/errors/finding.ts';
import { stableId } from '../../src/core/event/stable-id.ts';
import { goQuote } from '../../src/core/json/quote.ts';
import { connectionBackoffField, filterField, jsonBodyField, metadataField, required } from '../common-fields.ts';
import { defineEventSource, type EventSourceContext } from '../event-source.ts';
import { bodyText } from '../messages/body.ts';
import { keepConnected } from '../messages/keep-connected.ts';
import { type Message, relay } from '../messages/relay.ts';
import { subscribeNsqd } from './connection.ts';
import { type Nsqd, nsqdsOf } from './lookup.ts';
import type { NsqMessage } from './protocol.ts';

/** An nsqd that has the topic since a while is found after so many milliseconds. */
const lookEvery = 15_000;

const spec = z.strictObject({
  hostAddress: required('host address must be specified').describe('A nsqlookupd, as `nsqlookupd.nsq:4161`: it knows who has the topic.'),
  topic: required('topic must be specified').describe('The topic.'),
  channel: required('channel must be specified').describe('The channel: each message of the topic goes to one of those who name it.'),
  tls: tlsSpec.optional(),
  authSecret: secretKeySelector('What is shown to an nsqd that asks who we are; an extension of Sensorium').optional(),
  jsonBody: jsonBodyField(),
  connectionBackoff: connectionBackoffField(),
  filter: filterField(),
  metadata: metadataField(),
});

type NsqSpec = z.output<typeof spec>;

export const nsq = defineEventSource({
  type: 'nsq',
  summary: 'Messages of a channel of an NSQ topic.',
  stability: 'beta',
  spec,
  examples: [
    { title: 'A channel of our own', spec: { hostAddress: 'nsqlookupd.nsq:4161', topic: 'orders', channel: 'sensorium', jsonBody: true } },
  ],
  oneOwner: true,
  check: ({ tls }) => under('tls', checkTls(tls)),
  run: (spec, context) => keepConnected(context, (listening) => consume(spec, context, listening)),
});

/** Subscribes at every nsqd that has the topic, and lasts until one of them is lost. */
async function consume(spec: NsqSpec, context: EventSourceContext, listening: () => void): Promise<void> {
  const { secrets, clock } = context;
  const { topic, channel, tls, authSecret } = spec;
  const ended = new AbortController();
  const signal = AbortSignal.any([context.signal, ended.signal]);
  const subscription = {
    topic,
    channel,
    tls: await tlsOptions(tls, secrets, signal),
    secret: authSecret && (await secrets.secret(authSecret, signal)),
  };
  const subscribe = (nsqd: Nsqd): Promise<void> =>
    subscribeNsqd(nsqd, subscription, {
      clock,
      signal,
      listening,
      async take({ message, finish }) {
        await relay(messageOf(message, nsqd, spec, context), spec.metadata, context);
        finish();
      },
    });
  try {
    await new Promise<never>((_, reject) => {
      const known = new Set<string>();
      const lookUp = async (): Promise<Nsqd[]> => {
        try {
          return await nsqdsOf(spec.hostAddress, topic, signal);
        } catch (thrown) {
          // Those that we know go on without it.
          if (known.size > 0) return [];
          throw thrown;
        }
      };
      const look = async (): Promise<void> => {
        while (!signal.aborted) {
          for (const nsqd of await lookUp()) {
            const address = addressOf(nsqd);
            if (known.has(address)) continue;
            known.add(address);
            subscribe(nsqd).catch(reject);
          }
          await clock.sleep(lookEvery, signal);
        }
        throw signal.reason;
      };
      look().catch(reject);
    });
  } finally {
    ended.abort();
  }
}

const addressOf = ({ host, port }: Nsqd): string => `${host}:${port}`;

function messageOf({ id, timestamp, body }: NsqMessage, nsqd: Nsqd, { topic, jsonBody }: NsqSpec, context: EventSourceContext): Message {
  const nsqdAddress = addressOf(nsqd);
  return {
    id: stableId('nsq', context.eventSourceName, context.eventName, nsqdAddress, topic, id),
    about: { topic, message: id },
    fields: () => ({ body: bodyText(body, jsonBody), timestamp: `"${timestamp}"`, nsqdAddress: goQuote(nsqdAddress) }),
  };
}
