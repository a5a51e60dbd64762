import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callSqs } from '../../../src/core/aws/call.ts';
import { HttpClient } from '../../../src/core/http/client.ts';
import type { Json, JsonObject } from '../../../src/core/json/json.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { listen, payloadOf } from '../../eventsources/messages/listen.ts';
import { eventually } from '../../support/eventually.ts';
import { freePort } from '../../support/ports.ts';
import { haveProgram, type Program, startProgram } from '../../support/program.ts';
import { kubeWithSecret, secretKey } from '../../support/secrets.ts';

describe.runIf(haveProgram('moto_server', 'sqs on a server that stands in for AWS'))('the sqs source on moto', () => {
  const client = new HttpClient();
  const kube = kubeWithSecret({ access: 'me', secret: 'hush' });
  let server: Program;
  let endpoint: string;
  beforeAll(async () => {
    const port = await freePort();
    server = await startProgram('moto_server', ['-H', '127.0.0.1', '-p', `${port}`], port);
    endpoint = `http://127.0.0.1:${port}/`;
  }, 60_000);
  afterAll(async () => {
    await client[Symbol.asyncDispose]();
    await server.kill();
  });

  const call = async (action: string, input: Json): Promise<JsonObject> => {
    const place = { endpoint: new URL(endpoint), region: 'us-east-1', keys: { accessKeyId: 'me', secretAccessKey: 'hush' }, client };
    const options = { signal: new AbortController().signal, clock: systemClock, within: 10_000 };
    return (await callSqs(action, input, place, options)) as JsonObject;
  };
  const entry = (queue: string, more: object = {}) => ({
    region: 'us-east-1',
    queue,
    endpoint,
    accessKey: secretKey('access'),
    secretKey: secretKey('secret'),
    jsonBody: true,
    waitTimeSeconds: 1,
    ...more,
  });
  const waiting = async (QueueUrl: Json): Promise<unknown> => {
    const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];
    const { Attributes } = await call('GetQueueAttributes', { QueueUrl, AttributeNames: names });
    return Object.values(Attributes as JsonObject).map(Number);
  };

  test.each([
    ['keys', {}],
    ['a role', { roleARN: 'arn:aws:iam::123456789012:role/reader' }],
  ])('takes what is in the queue, in batches, and empties it, with %s', async (_, more) => {
    const name = `orders-${Object.keys(more).length}`;
    const { QueueUrl } = await call('CreateQueue', { QueueName: name });
    const attributes = { kind: { DataType: 'String', StringValue: 'rush' } };
    for (let count = 0; count < 25; count++)
      await call('SendMessage', { QueueUrl: QueueUrl!, MessageBody: `{"order":${count}}`, MessageAttributes: attributes });
    await using source = listen('sqs', entry(name, more), { kube });

    const payloads = (await source.events(25)).map(payloadOf) as { body: { order: number }; messageAttributes: object }[];
    expect(payloads.map(({ body }) => body.order).sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, index) => index));
    expect(payloads[0]!.messageAttributes).toMatchObject({ kind: { DataType: 'String', StringValue: 'rush', BinaryValue: null } });
    await eventually(async () => `${await waiting(QueueUrl!)}` === '0,0');
  });

  test('a queue that is not there yet is waited for', async () => {
    await using source = listen('sqs', entry('later'), { kube });
    const { error } = await source.told.seen('senderAway');
    expect(`${error}`).toContain('GetQueueUrl: QueueDoesNotExist');

    const { QueueUrl } = await call('CreateQueue', { QueueName: 'later' });
    await call('SendMessage', { QueueUrl: QueueUrl!, MessageBody: '1' });
    expect((await source.events(1)).map(payloadOf)).toMatchObject([{ body: 1 }]);
  });
});
