/**
 * Messages of topics of an MQTT broker. With `qos: 1` the broker keeps them for us until they are stored; see `README.md`.
 */
import { z } from 'zod';
import { basicAuthSpec, checkBasicAuth, credentialsOf } from '../../src/core/access/basic-auth.ts';
import { checkTls, tlsOptions, tlsSpec } from '../../src/core/access/tls.ts';
import { under } from '../../src/core/errors/finding.ts';
import { goQuote } from '../../src/core/json/quote.ts';
import { connectionBackoffField, filterField, jsonBodyField, metadataField, required } from '../common-fields.ts';
import { defineEventSource } from '../event-source.ts';
import { Lanes } from '../lanes.ts';
import { Backlog } from '../messages/backlog.ts';
import { bodyText } from '../messages/body.ts';
import { keepConnected } from '../messages/keep-connected.ts';
import { relay } from '../messages/relay.ts';
import { type MqttMessage, subscribeMqtt } from './client.ts';

/** Messages that wait for the bus at a time, of those that the broker keeps. */
const inFlight = 256;

const spec = z.strictObject({
  url: required('url must be specified').describe('The broker, as `tcp://mosquitto.mqtt:1883`; `ssl://` encrypts.'),
  topic: required('topic must be specified').describe('The topic, with `+` and `#` for any word and any end.'),
  clientId: required('client id must be specified').describe('Who we are to the broker; nobody else may be the same.'),
  qos: z
    .union([z.literal(0), z.literal(1)], { error: 'qos must be 0 or 1' })
    .optional()
    .describe(
      'With 1 the broker keeps messages for the `clientId`, also while we are away, until our bus has stored them. With 0, the default and all that Argo has, what comes while we are away is lost. An extension of Sensorium.',
    ),
  auth: basicAuthSpec.optional(),
  tls: tlsSpec.optional(),
  jsonBody: jsonBodyField(),
  connectionBackoff: connectionBackoffField(),
  filter: filterField(),
  metadata: metadataField(),
});

type MqttSpec = z.output<typeof spec>;

export const mqtt = defineEventSource({
  type: 'mqtt',
  summary: 'Messages of topics of an MQTT broker.',
  stability: 'beta',
  spec,
  examples: [
    {
      title: 'A sensor that must not be missed',
      spec: { url: 'tcp://mosquitto.mqtt:1883', topic: 'halls/+/door', clientId: 'doors', qos: 1 },
    },
  ],
  oneOwner: true,
  check: ({ tls, auth }) => (tls ? under('tls', checkTls(tls)) : under('auth', checkBasicAuth(auth))),
  async run(spec, context) {
    const backlog = new Backlog(context, spec.metadata);
    await keepConnected(context, async (listening) => {
      const { secrets, signal } = context;
      const { url, clientId, topic, qos = 0, auth, tls } = spec;
      const credentials = auth && (await credentialsOf(auth, secrets, signal));
      const place = { url, clientId, ...credentials, tls: await tlsOptions(tls, secrets, signal) };
      const taker = (failed: (thrown: unknown) => void) => {
        backlog.onFailure(failed);
        const lanes = new Lanes(inFlight, failed);
        return (message: MqttMessage): Promise<void> | void => {
          const one = messageOf(message, spec);
          if (qos === 0) return backlog.add(one, message.payload.length);
          return lanes.push(message.topic, async () => {
            await relay(one, spec.metadata, context);
            message.acknowledge();
          });
        };
      };
      await subscribeMqtt(place, { topic, qos, listening, taker }, signal);
    });
  },
});

function messageOf({ topic, messageId, payload }: MqttMessage, { jsonBody }: MqttSpec) {
  return {
    orderKey: topic,
    about: { topic },
    fields: () => ({ topic: goQuote(topic), messageId: `${messageId}`, body: bodyText(payload, jsonBody) }),
  };
}
