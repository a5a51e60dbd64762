/**
 * Events of a service of your own, which speaks gRPC by Argo's contract. See `README.md`.
 */
import { z } from 'zod';
import { secretKeySelector } from '../../src/core/access/selectors.ts';
import { filterField, jsonBodyField, metadataField } from '../common-fields.ts';
import { defineEventSource } from '../event-source.ts';
import { bodyText } from '../messages/body.ts';
import { keepConnected } from '../messages/keep-connected.ts';
import { relay } from '../messages/relay.ts';
import { payloads } from './stream.ts';

const required = (message: string) => z.string({ error: message }).min(1, { error: message });

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
    keepConnected(context, async (listening) => {
      const { url, insecure, config, authSecret, jsonBody, metadata } = spec;
      const { eventName: name, secrets, signal } = context;
      const token = authSecret && (await secrets.secret(authSecret, signal));
      for await (const payload of payloads({ url, insecure, token, name, config }, context, listening)) {
        await relay({ about: { bytes: payload.length }, fields: () => ({ body: bodyText(payload, jsonBody) }) }, metadata, context);
      }
    }),
});
