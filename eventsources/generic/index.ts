/**
 * Events of a service of your own, which speaks gRPC by Argo's contract. See `README.md`.
 */
import { z } from 'zod';
import { secretKeySelector } from '../../src/core/access/selectors.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { answers } from '../../src/core/grpc/stream.ts';
import { lengthDelimited, readFields } from '../../src/core/grpc/wire.ts';
import { filterField, jsonBodyField, metadataField, required } from '../common-fields.ts';
import { defineEventSource } from '../event-source.ts';
import { bodyText } from '../messages/body.ts';
import { keepConnected } from '../messages/keep-connected.ts';
import { relay } from '../messages/relay.ts';

/** Argo's contract: `{name = 1, config = 2}` is answered with a stream of `{name = 1, payload = 2}`. */
const path = '/generic.Eventing/StartEventSource';

const spec = z.strictObject({
  url: required("server url can't be empty").describe('Host and port of the service.'),
  config: required("config can't be empty").describe('A text that the service is given; what it means is its own affair.'),
  insecure: z.boolean().default(false).describe('Speaks without TLS. With TLS the authorities of the system are trusted.'),
  authSecret: secretKeySelector('A token that the service is shown').optional(),
  jsonBody: jsonBodyField(),
  metadata: metadataField(),
  filter: filterField(),
});

export const generic = defineEventSource({
  type: 'generic',
  summary: 'Events of a service of your own, over gRPC.',
  stability: 'beta',
  spec,
  examples: [
    { title: 'A service in the cluster', spec: { url: 'sensors.home:8080', insecure: true, config: 'room: kitchen', jsonBody: true } },
  ],
  oneOwner: true,
  run: (spec, context) =>
    keepConnected(context, async (connected) => {
      const { url: target, insecure, config, authSecret, jsonBody } = spec;
      const { eventName, secrets, signal } = context;
      const metadata: Record<string, string> = authSecret ? { authorization: `Bearer ${await secrets.secret(authSecret, signal)}` } : {};
      const message = Buffer.concat([lengthDelimited(1, eventName), lengthDelimited(2, config)]);
      for await (const answer of answers({ target, insecure, path, message, metadata, connected }, context)) {
        const payload = payloadIn(answer, target);
        await relay({ about: { bytes: payload.length }, fields: () => ({ body: bodyText(payload, jsonBody) }) }, spec.metadata, context);
      }
    }),
});

function payloadIn(answer: Buffer, server: string): Buffer {
  try {
    return readFields(answer).get(2) ?? Buffer.alloc(0);
  } catch (cause) {
    throw new EngineError('REMOTE_SENDER', { server, reason: 'what it sends are no messages of the contract' }, { cause });
  }
}
