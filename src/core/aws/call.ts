/**
 * Calls of AWS's own protocols, and of servers that speak them too: SQS in JSON, STS in XML.
 */
import { hideIn } from '../access/hide.ts';
import { EngineError } from '../errors/engine-error.ts';
import type { HttpAnswer, HttpClient, SendOptions } from '../http/client.ts';
import type { HttpRequest } from '../http/redirect.ts';
import { isObject, type Json } from '../json/json.ts';
import { parseJson } from '../json/parse.ts';
import { type AwsKeys, signed } from './sign.ts';
import { xmlField } from './xml.ts';

export interface AwsPlace {
  /** An `http` or `https` URL. */
  readonly endpoint: URL;
  readonly region: string;
  readonly keys: AwsKeys;
  readonly client: HttpClient;
}

/** Twelve messages of 1 MiB each are the most that SQS answers. */
const keep = 12 * 1024 * 1024;

type Options = Pick<SendOptions, 'signal' | 'clock' | 'within'>;

/** One action of SQS. Rejects with REMOTE_AWS, whose field `type` is the name of the error, and with UNREACHABLE_RECEIVER. */
export async function callSqs(action: string, input: Json, place: AwsPlace, options: Options): Promise<Json> {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${action}` };
  const request = { method: 'POST', url: place.endpoint, headers, body: JSON.stringify(input) };
  const { status, text = '' } = await send(request, 'sqs', place, options);
  const answer = jsonOf(text);
  if (status === 200 && answer !== undefined) return answer;
  const fields = isObject(answer) ? answer : {};
  const type = typeof fields['__type'] === 'string' ? fields['__type'].replace(/^.*#/, '') : 'unknown';
  const message = fields['message'] ?? fields['Message'];
  throw refused(place, `SQS at ${place.endpoint.host}`, action, status, type, typeof message === 'string' ? message : text.slice(0, 200));
}

/** The keys of a role, and until when they can be used, in milliseconds since 1970. Rejects as `callSqs` does. */
export async function assumeRole(roleArn: string, place: AwsPlace, options: Options): Promise<{ keys: AwsKeys; until: number }> {
  const form = new URLSearchParams({ Action: 'AssumeRole', Version: '2011-06-15', RoleArn: roleArn, RoleSessionName: 'sensorium' });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const request = { method: 'POST', url: place.endpoint, headers, body: form.toString() };
  const { status, text = '' } = await send(request, 'sts', place, options);
  const field = (name: string) => xmlField(text, name);
  const [accessKeyId, secretAccessKey, sessionToken] = [field('AccessKeyId'), field('SecretAccessKey'), field('SessionToken')];
  const until = Date.parse(field('Expiration') ?? '');
  if (status !== 200 || !accessKeyId || !secretAccessKey || !sessionToken || Number.isNaN(until))
    throw refused(
      place,
      `STS at ${place.endpoint.host}`,
      'AssumeRole',
      status,
      field('Code') ?? 'unknown',
      field('Message') ?? text.slice(0, 200),
    );
  return { keys: { accessKeyId, secretAccessKey, sessionToken }, until };
}

async function send(request: HttpRequest, service: string, { region, keys, client }: AwsPlace, options: Options): Promise<HttpAnswer> {
  return client.send(await signed(request, { keys, service, region, now: options.clock.now() }), { ...options, keep });
}

function refused({ keys }: AwsPlace, server: string, action: string, status: number, type: string, reason: string): EngineError {
  return new EngineError('REMOTE_AWS', {
    server,
    action,
    status,
    type,
    reason: hideIn(reason, [keys.accessKeyId, keys.sessionToken ?? '']),
  });
}

function jsonOf(text: string): Json | undefined {
  try {
    return text === '' ? {} : parseJson(text);
  } catch {
    return undefined;
  }
}
