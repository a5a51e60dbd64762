import { assumeRole } from '../../src/core/aws/call.ts';
import { type AwsKeys, signed } from '../../src/core/aws/sign.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { HttpClient } from '../../src/core/http/client.ts';
import { type Hooks, hookUrl } from '../called/keep-hooks.ts';
import type { EventSourceContext } from '../event-source.ts';
import type { SnsSpec } from './spec.ts';

/** Milliseconds for one request, and between two looks. */
const within = 20_000;
const every = 3_600_000;

/**
 * The subscription of our address; undefined without keys or a public address. To subscribe again changes nothing, and asks for the
 * confirmation anew where it is missing. It stays when the event source ends.
 */
export function snsSubscription(spec: SnsSpec, client: HttpClient, context: EventSourceContext): Hooks | undefined {
  const { webhook, topicArn, region, accessKey, secretKey } = spec;
  if (!webhook.url || !accessKey || !secretKey) return undefined;
  const url = hookUrl(webhook.url, webhook.endpoint);
  const { signal, clock } = context;
  const place = new URL(spec.endpoint ?? `https://sns.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`);
  const form = {
    Action: 'Subscribe',
    Version: '2010-03-31',
    TopicArn: topicArn,
    Protocol: new URL(url).protocol.slice(0, -1),
    Endpoint: url,
  };
  const subscribe = async (): Promise<string> => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const request = { method: 'POST', url: place, headers, body: new URLSearchParams(form).toString() };
    const keys = await keysOf(spec, client, context);
    const answer = await client.send(await signed(request, { keys, service: 'sns', region, now: clock.now() }), { signal, clock, within });
    if (answer.status === 200) return answer.text ?? '';
    const field = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(answer.text ?? '')?.[1] ?? '';
    const type = field('Code') || 'unknown';
    throw new EngineError('REMOTE_AWS', {
      server: `SNS at ${place.host}`,
      action: 'Subscribe',
      status: answer.status,
      type,
      reason: field('Message'),
    });
  };
  return {
    api: client,
    deleteOnFinish: false,
    every,
    wanted: async () => [
      {
        of: topicArn,
        async ensure() {
          const isPending = /pending confirmation/i.test(await subscribe());
          return { done: isPending ? 'made' : 'found', remove: async () => {} };
        },
      },
    ],
  };
}

async function keysOf(
  { accessKey, secretKey, roleARN, region }: SnsSpec,
  client: HttpClient,
  context: EventSourceContext,
): Promise<AwsKeys> {
  const { secrets, signal, clock } = context;
  const keys = { accessKeyId: await secrets.secret(accessKey!, signal), secretAccessKey: await secrets.secret(secretKey!, signal) };
  if (!roleARN) return keys;
  const endpoint = new URL(`https://sts.${region}.amazonaws.com`);
  return (await assumeRole(roleARN, { endpoint, region, keys, client }, { signal, clock, within })).keys;
}
