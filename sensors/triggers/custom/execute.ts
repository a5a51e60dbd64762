import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { parseJson } from '../../../src/core/json/parse.ts';
import { toYaml } from '../../../src/core/yaml/print.ts';
import { keptSecrets } from '../kept-clients.ts';
import type { Outcome, TriggerContext } from '../trigger.ts';
import { TriggerServer } from './contract.ts';
import type { Rendered } from './render.ts';

/** How much of the server's answer is kept with the outcome, in bytes. */
const kept = 4096;

/** Has the server fetch, act and judge. Rejects as `GrpcClient.call` and `Secrets` do, and when the server judges that it failed. */
export async function execute(rendered: Rendered, context: TriggerContext): Promise<Outcome> {
  const { clients, clock, signal, firing } = context;
  const { spec, payload } = rendered;
  const { serverURL, secure, certSecret, serverNameOverride } = spec;
  const key = `custom ${firing.namespace} ${JSON.stringify([serverURL, secure, certSecret, serverNameOverride])}`;
  const options = { clock, signal, within: 30_000, metadata: { 'idempotency-key': firing.id } };
  try {
    const server = await clients.get(key, () => open(rendered, context));
    const resource = withParameters(await server.fetchResource(`${toYaml(spec.spec)}\n`, options), rendered, context);
    const response = await server.execute(resource, payload, options);
    const { success, message } = await server.applyPolicy(response, options);
    if (!success) throw new EngineError('REMOTE_RECEIVER', { server: serverURL, reason: message || 'it says that it was no success' });
    const text = Buffer.from(response.subarray(0, kept)).toString('utf8');
    return { summary: `executed by ${serverURL}`, ...(text === '' ? {} : { detail: { response: text } }) };
  } catch (thrown) {
    // The certificate may have been changed meanwhile.
    if (thrown instanceof EngineError && thrown.code === 'UNREACHABLE_RECEIVER') void clients.drop(key);
    throw thrown;
  }
}

async function open(
  { spec: { serverURL, secure, certSecret, serverNameOverride } }: Rendered,
  context: TriggerContext,
): Promise<TriggerServer> {
  const { signal } = context;
  const secrets = await keptSecrets(context);
  if (!secure) return TriggerServer.open({ target: serverURL });
  // What is opened anew wants the certificate of now.
  secrets.forget();
  const ca = certSecret && (await secrets.secret(certSecret, signal));
  return TriggerServer.open({ target: serverURL, tls: { ca, serverName: serverNameOverride } });
}

function withParameters(resource: Uint8Array, { parameters }: Rendered, { firing }: TriggerContext): Uint8Array {
  if (!parameters) return resource;
  const text = Buffer.from(resource).toString('utf8');
  try {
    parseJson(text);
  } catch (cause) {
    const problem = 'the server gave a resource that is no JSON, so that parameters cannot be set in it';
    throw new EngineError('EVENT_RENDERED_INVALID', { problem }, { cause });
  }
  return Buffer.from(parameters(text, firing.events));
}
