import { expect, test } from 'vitest';
import { sqs } from '../../../eventsources/sqs/index.ts';
import type { EngineError } from '../../../src/core/errors/engine-error.ts';
import { read } from '../../../src/core/schema/read.ts';
import { TestClock } from '../../support/clock.ts';
import { runSource } from '../../support/run-source.ts';
import { kubeWithSecret } from '../../support/secrets.ts';
import { sqsServer } from './server.ts';
import { sqsEntry } from './world.ts';

async function running(more: object = {}) {
  const clock = new TestClock();
  const server = await sqsServer(clock);
  const source = runSource('sqs', sqsEntry(server.host, more), {
    clock,
    kube: kubeWithSecret({ access: 'me', secret: 'hush', token: 'brief' }),
  });
  return {
    ...source,
    clock,
    server,
    async [Symbol.asyncDispose]() {
      await source[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

test('a message is an event in Argo’s form, and is deleted', async () => {
  await using queue = await running({ metadata: { team: 'a' } });
  const attributes = { kind: { DataType: 'String', StringValue: 'rush' } };
  const id = queue.server.send('{"total":250}', { MessageAttributes: attributes, Attributes: { MessageGroupId: 'eu' } });

  const [event] = await queue.seen(1);
  expect(event!.data!.text).toBe(
    `{"messageId":"${id}","messageAttributes":{"kind":{"BinaryListValues":null,"BinaryValue":null,"DataType":"String","StringListValues":null,"StringValue":"rush"}},"body":{"total":250},"metadata":{"team":"a"}}`,
  );
  expect(event!.extensions).toEqual({ partitionkey: 'eu' });
  await queue.until(() => queue.server.queue.length === 0);
  expect(queue.server.queue).toEqual([]);
  expect(queue.server.calls.find(({ action }) => action === 'ReceiveMessage')!.input).toEqual({
    QueueUrl: 'http://elsewhere/orders',
    MaxNumberOfMessages: 10,
    VisibilityTimeout: 120,
    WaitTimeSeconds: 3,
    MessageAttributeNames: ['All'],
    AttributeNames: ['All'],
  });
});

test('a message that waits for the bus stays hidden, and is one event when that is back', async () => {
  await using queue = await running();
  queue.loseBus(true);
  queue.server.send('"patient"');
  await queue.until(() => queue.heard.of('publishWaiting').length > 0);
  for (let minute = 0; minute < 10; minute++) {
    await queue.clock.turn(60_000);
    await queue.until(() => queue.server.queue[0]!.visibleAt > queue.clock.now() + 60_000, 1);
    expect(queue.server.queue[0]!.visibleAt).toBeGreaterThan(queue.clock.now());
  }
  queue.loseBus(false);

  expect((await queue.seen(1)).map(({ data }) => JSON.parse(data!.text).body)).toEqual(['patient']);
  await queue.until(() => queue.server.queue.length === 0);
  expect(queue.server.queue).toEqual([]);
});

test('ten large messages come at once', async () => {
  await using queue = await running();
  for (let count = 0; count < 10; count++) queue.server.send(JSON.stringify('x'.repeat(250_000)));

  expect((await queue.seen(10)).map(({ data }) => JSON.parse(data!.text).body.length)).toEqual(Array(10).fill(250_000));
});

test.each([
  ['is deleted', {}, 0],
  ['is left to the queue’s own rules with dlq', { dlq: true }, 1],
])('a message that is no JSON is told, and %s', async (_, more, left) => {
  await using queue = await running(more);
  queue.server.send('no JSON');
  queue.server.send('"good"');

  expect((await queue.seen(1)).map(({ data }) => JSON.parse(data!.text).body)).toEqual(['good']);
  await queue.until(() => queue.server.queue.length === left);
  expect(queue.server.queue.length).toBe(left);
  expect(queue.heard.of('messageRefused')).toMatchObject([{ queue: 'orders', message: 'id-1' }]);
});

test('a message without jsonBody is base64, and one without attributes has null', async () => {
  await using queue = await running({ jsonBody: false });
  const id = queue.server.send('plain');

  expect((await queue.seen(1))[0]!.data!.text).toBe(`{"messageId":"${id}","messageAttributes":null,"body":"cGxhaW4="}`);
});

test('keys take on a role, and do so again before its keys end', async () => {
  await using queue = await running({ roleARN: 'arn:aws:iam::1:role/reader' });
  const roles = () => queue.server.calls.filter(({ action }) => action === 'AssumeRole');
  queue.server.send('1');
  await queue.seen(1);

  expect(roles().map(({ input }) => input['RoleArn'])).toEqual(['arn:aws:iam::1:role/reader']);
  expect(roles()[0]!.headers.authorization).toContain('Credential=me/20260718/us-east-1/sts/aws4_request');
  const received = queue.server.calls.find(({ action }) => action === 'ReceiveMessage')!;
  expect(received.headers.authorization).toContain('Credential=role/20260718/us-east-1/sqs/aws4_request');
  expect(received.headers['x-amz-security-token']).toBe('its token');
  await queue.until(() => roles().length > 1, 60_000);
  expect(roles().length).toBeGreaterThan(1);
});

test('a refusal is told once in the words of the server, without keys, and the source goes on when it passes', async () => {
  const refusal = { action: 'GetQueueUrl', type: 'QueueDoesNotExist', message: 'The queue does not exist.' };
  await using queue = await running();
  queue.server.refusals.push(refusal, refusal);
  await queue.ready();

  const told = queue.heard.of('senderAway').map(({ error }) => (error as EngineError).message);
  expect(told).toEqual([`SQS at ${queue.server.host}, GetQueueUrl: QueueDoesNotExist: The queue does not exist.`]);
  expect(JSON.stringify(queue.heard.all)).not.toContain('hush');
});

test.each<[object, string[]]>([
  [sqsEntry('a:1'), []],
  [{}, ['error region: must specify region', 'error queue: must specify queue name']],
  [
    { region: 'x', queue: 'q' },
    ['error accessKey: accessKey and secretKey must be given: keys of the machine or of a service account are not looked for'],
  ],
  [sqsEntry('a:1', { endpoint: 'localhost' }), ['error endpoint: "localhost" is no http or https URL']],
  [sqsEntry('a:1', { waitTimeSeconds: 21 }), ['error waitTimeSeconds: SQS waits from 1 to 20 seconds, not 21']],
])('what is wrong with %j is told', (entry, expected) => {
  const { value, findings } = read(sqs.spec, entry);
  const all = findings.length > 0 ? findings : sqs.check!(value!);

  expect(all.map(({ severity, path, message }) => `${severity} ${path.join('.')}: ${message}`)).toEqual(expected);
});
