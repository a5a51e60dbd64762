import { natsCredentials } from '../../../src/core/access/nats-auth.ts';
import { secretsOf } from '../../../src/core/access/secrets.ts';
import { type TlsSpec, tlsOptions } from '../../../src/core/access/tls.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { NatsTls } from '../../../src/core/nats/connect.ts';
import { NatsPublisher } from '../../../src/core/nats/publisher.ts';
import { parseServers } from '../../../src/core/nats/servers.ts';
import type { Outcome, TriggerContext } from '../trigger.ts';
import type { Rendered } from './render.ts';

/** Publishes it and waits until that is confirmed. Rejects as `NatsPublisher` and `Secrets` do. */
export async function publish(rendered: Rendered, context: TriggerContext): Promise<Outcome> {
  const { clients, clock, signal, firing } = context;
  const { subject, body, url, auth, tls, jetstream } = rendered;
  const key = `nats ${firing.namespace} ${JSON.stringify([url, auth, tls])}`;
  try {
    const publisher = await clients.get(key, () => open(rendered, context));
    if (!jetstream) {
      await publisher.publish(subject, body, { clock, signal });
      return { summary: `published on ${subject}` };
    }
    const { stream, sequence, duplicate } = await publisher.store(subject, body, firing.id, { clock, signal });
    return { summary: `${duplicate ? 'was already' : 'stored'} in ${stream}`, detail: { stream, sequence } };
  } catch (thrown) {
    // What it may still hold must not be sent beside the next attempt.
    if (thrown instanceof EngineError && thrown.code === 'UNREACHABLE_RECEIVER') void clients.drop(key);
    throw thrown;
  }
}

async function open({ url, auth, tls }: Rendered, { firing, kube, signal }: TriggerContext): Promise<NatsPublisher> {
  const secrets = secretsOf(kube, firing.namespace);
  const { servers, credentials } = parseServers(url.split(','));
  return NatsPublisher.open(
    {
      servers,
      name: `sensorium ${firing.namespace}/${firing.sensor}`,
      credentials: (await natsCredentials(auth, secrets, signal)) ?? credentials,
      tls: await natsTls(tls, secrets, signal),
    },
    signal,
  );
}

async function natsTls(tls: TlsSpec | undefined, secrets: ReturnType<typeof secretsOf>, signal: AbortSignal): Promise<NatsTls | undefined> {
  const options = await tlsOptions(tls, secrets, signal);
  return options && { ...options, verify: options.rejectUnauthorized };
}
