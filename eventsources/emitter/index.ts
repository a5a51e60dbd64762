/**
 * Messages of a channel of Emitter (emitter.io), a broker that speaks MQTT with a key in front of each channel. See `README.md`.
 */
import { z } from 'zod';
import { secretKeySelector } from '../../src/core/access/selectors.ts';
import { checkTls, tlsOptions, tlsSpec } from '../../src/core/access/tls.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { under } from '../../src/core/errors/finding.ts';
import { goQuote } from '../../src/core/json/quote.ts';
import { connectionBackoffField, filterField, jsonBodyField, metadataField, required } from '../common-fields.ts';
import { defineEventSource } from '../event-source.ts';
import { Backlog } from '../messages/backlog.ts';
import { bodyText } from '../messages/body.ts';
import { keepConnected } from '../messages/keep-connected.ts';
import { type MqttMessage, subscribeMqtt } from '../mqtt/client.ts';

const spec = z.strictObject({
  broker: required('broker url must be specified').describe('The broker, as `tcp://api.emitter.io:8080`.'),
  channelName: required('channel name must be specified').describe('The channel, as `doors/front`.'),
  channelKey: required('channel key secret selector must be specified').describe('The key of the channel, which allows to read it.'),
  username: secretKeySelector('The user').optional(),
  password: secretKeySelector('The password').optional(),
  tls: tlsSpec.optional(),
  jsonBody: jsonBodyField(),
  connectionBackoff: connectionBackoffField(),
  filter: filterField(),
  metadata: metadataField(),
});

export const emitter = defineEventSource({
  type: 'emitter',
  summary: 'Messages of a channel of Emitter.',
  stability: 'alpha',
  spec,
  examples: [
    {
      title: 'A channel with JSON in it',
      spec: { broker: 'tcp://emitter.emitter:8080', channelName: 'doors', channelKey: 'KEY', jsonBody: true },
    },
  ],
  oneOwner: true,
  check: ({ tls }) => under('tls', checkTls(tls)),
  async run(spec, context) {
    const backlog = new Backlog(context, spec.metadata);
    await keepConnected(context, async (listening) => {
      const { secrets, signal } = context;
      const { broker, channelKey, channelName, username, password, tls, jsonBody } = spec;
      const place = {
        url: broker,
        username: username && (await secrets.secret(username, signal)),
        password: password && (await secrets.secret(password, signal)),
        tls: await tlsOptions(tls, secrets, signal),
      };
      const taker = (failed: (thrown: unknown) => void) => {
        backlog.onFailure(failed);
        return ({ topic, payload }: MqttMessage): void => {
          const fields = () => ({ topic: goQuote(topic), body: bodyText(payload, jsonBody) });
          if (topic === errors) failed(refusal(broker, payload));
          else backlog.add({ orderKey: topic, about: { topic }, fields }, payload.length);
        };
      };
      const topic = `${trim(channelKey)}/${trim(channelName)}/`;
      await subscribeMqtt(place, { topic, qos: 0, listening, taker }, signal);
    });
  },
});

const trim = (text: string): string => text.replace(/^\/+|\/+$/g, '');

/** Where the broker says that it does not take a key. */
const errors = 'emitter/error/';

function refusal(broker: string, payload: Buffer): EngineError {
  return new EngineError('REMOTE_SENDER', { server: `the Emitter broker at ${broker}`, reason: payload.toString() });
}
