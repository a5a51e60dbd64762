import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { fromUnknown } from '../../../src/core/errors/from-unknown.ts';
import { stableId } from '../../../src/core/event/stable-id.ts';
import { MailSender } from '../../../src/core/mail/sender.ts';
import { keptSecrets } from '../kept-clients.ts';
import type { Outcome, TriggerContext } from '../trigger.ts';
import { Delivered } from './delivered.ts';
import type { Rendered } from './render.ts';

/** Sends a mail to each address that has none of this firing yet. Rejects when one fails, after all were tried; as `MailSender` and `Secrets` do. */
export async function deliver(rendered: Rendered, context: TriggerContext): Promise<Outcome> {
  const { clients, firing, clock, signal } = context;
  const { host, port, user, password: selector, from, to, subject, text } = rendered;
  const key = `mail ${firing.namespace} ${JSON.stringify([host, port, user, selector])}`;
  const secrets = await keptSecrets(context);
  const sender = await clients.get(key, async () =>
    MailSender.open({ host, port, user, password: selector && (await secrets.secret(selector)) }),
  );
  const delivered = await clients.get('mail delivered', async () => new Delivered());
  const failures = new Map<string, EngineError>();
  for (const address of to) {
    if (delivered.has(firing.id, address)) continue;
    const messageId = `${stableId(firing.id, address)}@sensorium`;
    try {
      await sender.send({ from, to: address, subject, text, messageId }, { clock, signal });
      delivered.add(firing.id, address);
    } catch (thrown) {
      const error = fromUnknown(thrown);
      failures.set(address, error);
      // Nobody else would be reached either.
      if (error.code !== 'REMOTE_RECEIVER') break;
    }
  }
  if (failures.size === 0) return { summary: `sent to ${to.join(', ')}` };
  if ([...failures.values()].some(({ code }) => code !== 'REMOTE_RECEIVER')) {
    secrets.forget();
    void clients.drop(key);
  }
  throw joined(failures, to.length);
}

/** One error for all that failed: of one address its own. */
function joined(failures: ReadonlyMap<string, EngineError>, addresses: number): EngineError {
  const errors = [...failures.values()];
  const last = errors.at(-1)!;
  if (addresses === 1 || last.code !== 'REMOTE_RECEIVER') return last;
  const reason = [...failures].map(([address, { fields }]) => `${address}: ${fields['reason']}`).join('; ');
  const retry = errors.some((error) => error.retry !== 'never') ? 'backoff' : 'never';
  return new EngineError('REMOTE_RECEIVER', { ...last.fields, reason }, { cause: last, retry });
}
