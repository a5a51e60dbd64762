/** A queue of SQS as we use it: one place for its calls, its URL and the keys of a role. */
import { type AwsPlace, assumeRole, callSqs } from '../../src/core/aws/call.ts';
import type { AwsKeys } from '../../src/core/aws/sign.ts';
import type { HttpClient } from '../../src/core/http/client.ts';
import { isObject, type Json, type JsonObject } from '../../src/core/json/json.ts';
import type { EventSourceContext } from '../event-source.ts';
import type { SqsSpec } from './spec.ts';

/** Messages of a request: SQS gives no more. */
const batch = 10;

/** Seconds for which a message is hidden from others; Argo's number. */
export const hiddenFor = 120;

/** Milliseconds for a call, beside what it waits for messages. */
const within = 15_000;

export interface SqsMessage {
  readonly id: string;
  /** What a delete names. */
  readonly receipt: string;
  readonly body: string;
  readonly attributes: JsonObject | undefined;
  /** Of a queue that keeps an order. */
  readonly group: string | undefined;
}

export interface Queue {
  /** Up to ten messages, after a wait for the first of them. Rejects with REMOTE_AWS and UNREACHABLE_RECEIVER, as all calls here. */
  receive(): Promise<SqsMessage[]>;
  delete(message: SqsMessage): Promise<void>;
  /** Keeps them hidden from others for another two minutes. */
  keepHidden(messages: readonly SqsMessage[]): Promise<void>;
}

export async function openQueue(spec: SqsSpec, context: EventSourceContext, client: HttpClient): Promise<Queue> {
  const { clock, signal } = context;
  const placeNow = await placeOf(spec, context, client);
  const call = async (action: string, input: Json, wait = 0): Promise<JsonObject> => {
    const answer = await callSqs(action, input, await placeNow(), { clock, signal, within: within + wait });
    return isObject(answer) ? answer : {};
  };
  const owner = spec.queueAccountId ? { QueueOwnerAWSAccountId: spec.queueAccountId } : {};
  const QueueUrl = `${(await call('GetQueueUrl', { QueueName: spec.queue, ...owner }))['QueueUrl']}`;
  const seconds = spec.waitTimeSeconds || 3;
  return {
    async receive() {
      const limits = { MaxNumberOfMessages: batch, VisibilityTimeout: hiddenFor, WaitTimeSeconds: seconds };
      const asked = { MessageAttributeNames: ['All'], AttributeNames: ['All'] };
      const { Messages } = await call('ReceiveMessage', { QueueUrl, ...limits, ...asked }, seconds * 1000);
      return Array.isArray(Messages) ? Messages.filter(isObject).map(messageOf) : [];
    },
    async delete({ receipt }) {
      await call('DeleteMessage', { QueueUrl, ReceiptHandle: receipt });
    },
    async keepHidden(messages) {
      const Entries = messages.map(({ receipt }, index) => ({ Id: `${index}`, ReceiptHandle: receipt, VisibilityTimeout: hiddenFor }));
      await call('ChangeMessageVisibilityBatch', { QueueUrl, Entries });
    },
  };
}

function messageOf({ MessageId, ReceiptHandle, Body, MessageAttributes, Attributes }: JsonObject): SqsMessage {
  const group = isObject(Attributes) ? Attributes['MessageGroupId'] : undefined;
  return {
    id: `${MessageId}`,
    receipt: `${ReceiptHandle}`,
    body: typeof Body === 'string' ? Body : '',
    attributes: isObject(MessageAttributes) ? MessageAttributes : undefined,
    group: typeof group === 'string' ? group : undefined,
  };
}

/** The keys of a role are asked for anew when they end within so many milliseconds. */
const early = 5 * 60_000;

/** Where to call, with keys that are right at that moment. */
async function placeOf(
  spec: SqsSpec,
  { secrets, clock, signal }: EventSourceContext,
  client: HttpClient,
): Promise<() => Promise<AwsPlace>> {
  const { region, accessKey, secretKey, sessionToken, roleARN } = spec;
  const [accessKeyId, secretAccessKey] = await Promise.all([secrets.secret(accessKey!, signal), secrets.secret(secretKey!, signal)]);
  const token = sessionToken && (await secrets.secret(sessionToken, signal));
  const own: AwsKeys = { accessKeyId, secretAccessKey, ...(token ? { sessionToken: token } : {}) };
  const place = { region, client, endpoint: endpointOf(spec, 'sqs'), keys: own };
  if (!roleARN) return async () => place;
  let role = { keys: own, until: 0 };
  return async () => {
    if (role.until - early < clock.now())
      role = await assumeRole(roleARN, { ...place, endpoint: endpointOf(spec, 'sts') }, { clock, signal, within });
    return { ...place, keys: role.keys };
  };
}

/** A server that stands in for AWS stands in for STS too; one of AWS itself does not. */
function endpointOf({ endpoint, region }: SqsSpec, service: 'sqs' | 'sts'): URL {
  const isOther = endpoint && (service === 'sqs' || !/\.amazonaws\.com(?:\.cn)?$/.test(new URL(endpoint).hostname));
  return new URL(isOther ? endpoint : `https://${service}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`);
}
