import { saslOptions } from '../../../src/core/access/sasl.ts';
import type { Secrets } from '../../../src/core/access/secrets.ts';
import { secureValue } from '../../../src/core/access/secure-header.ts';
import { tlsOptions } from '../../../src/core/access/tls.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { KafkaPublisher } from '../../../src/core/kafka/publisher.ts';
import { keptSecrets } from '../kept-clients.ts';
import type { Outcome, TriggerContext } from '../trigger.ts';
import type { Rendered } from './render.ts';
import type { KafkaSpec } from './spec.ts';

/** Writes it and waits for the broker's answer. Rejects as `KafkaPublisher` and `Secrets` do. */
export async function write({ spec, value }: Rendered, context: TriggerContext): Promise<Outcome> {
  const { clients, clock, signal, firing } = context;
  const { url, topic, tls, sasl, requiredAcks, compress, partitioningKey: key, partition } = spec;
  const secrets = await keptSecrets(context);
  const headers = { ...spec.headers, ...(await secureHeaders(spec, secrets)) };
  const client = `kafka ${firing.namespace} ${JSON.stringify([url, tls, sasl, requiredAcks, compress])}`;
  try {
    const publisher = await clients.get(client, () => open(spec, secrets, context));
    await publisher.publish({ topic, value, key, partition, headers }, { clock, signal });
  } catch (thrown) {
    if (thrown instanceof EngineError && thrown.code === 'REMOTE_RECEIVER') throw thrown;
    // The connection is broken, or its credentials have changed.
    secrets.forget();
    void clients.drop(client);
    throw thrown;
  }
  return { summary: `written to the topic ${topic}` };
}

async function open(
  { url, tls, sasl, requiredAcks, compress = false }: KafkaSpec,
  secrets: Secrets,
  context: TriggerContext,
): Promise<KafkaPublisher> {
  const { firing, signal } = context;
  const place = {
    url,
    clientId: `sensorium-${firing.namespace}-${firing.sensor}`,
    tls: await tlsOptions(tls, secrets, signal),
    sasl: await saslOptions(sasl, secrets, signal),
  };
  return KafkaPublisher.open(place, { acks: requiredAcks === 1 ? 1 : -1, compress }, context);
}

async function secureHeaders({ secureHeaders = [] }: KafkaSpec, secrets: Secrets): Promise<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const header of secureHeaders) {
    const value = await secureValue(header, secrets);
    if (header.name && value !== undefined) headers[header.name] = value;
  }
  return headers;
}
