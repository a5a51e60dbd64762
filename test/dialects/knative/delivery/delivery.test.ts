import { expect, test } from 'vitest';
import type { CloudEvent } from '../../../../src/core/cloudevents/cloud-event.ts';
import { EngineError } from '../../../../src/core/errors/engine-error.ts';
import { EventData } from '../../../../src/core/event/data.ts';
import { type Received, startReceiver } from '../../../support/receiver.ts';
import { startBroker } from '../broker-world.ts';

const event: CloudEvent = {
  specversion: '1.0',
  id: 'e1',
  source: '/s',
  type: 'dev.added',
  datacontenttype: 'application/json',
  extensions: { n: 20, knativebrokerttl: 255 },
  data: EventData.fromText('{"a": 1}'),
};

/** Answers with these statuses, then with 200. */
const answering = (...statuses: number[]) => startReceiver((_, response) => void response.writeHead(statuses.shift() ?? 200).end());

const ceHeaders = ({ headers }: Received) => Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('Ce-')));

test('a subscriber gets the event in binary form, and what it needs to tell a repeat and to reply', async () => {
  await using receiver = await answering();
  await using broker = await startBroker([{ subscriber: `${receiver.url}/path` }]);

  await broker.publish(event);
  const { firing, summary } = await broker.heard.seen('triggerFired');

  const [got] = receiver.received as [Received];
  expect(ceHeaders(got)).toEqual({ 'Ce-Specversion': '1.0', 'Ce-Id': 'e1', 'Ce-Source': '/s', 'Ce-Type': 'dev.added', 'Ce-N': '20' });
  expect(got).toMatchObject({ method: 'POST', path: '/path', body: '{"a": 1}' });
  expect(got.headers).toMatchObject({
    Prefer: 'reply',
    'Kn-Namespace': 'ns',
    'Idempotency-Key': firing,
    'Content-Type': 'application/json',
  });
  expect(summary).toBe(`deliver to ${receiver.url}/path: 200`);
});

test('format: json sends it structured, with typed extensions', async () => {
  await using receiver = await answering();
  await using broker = await startBroker([{ subscriber: receiver.url, delivery: { format: 'json' } }]);

  await broker.publish(event);
  await broker.heard.seen('triggerFired');

  expect(receiver.received[0]!.headers['Content-Type']).toBe('application/cloudevents+json');
  expect(receiver.received[0]!.body).toContain('"n":20,"data":{"a": 1}}');
});

test('only those Triggers whose filter an event passes are asked for', async () => {
  await using receiver = await answering();
  const triggers = ['dev.added', 'dev.removed'].map((type) => ({ name: type, subscriber: receiver.url, filter: { attributes: { type } } }));
  await using broker = await startBroker([...triggers, { name: 'last', subscriber: receiver.url, filters: [{ cesql: 'n > 30' }] }]);

  await broker.publish(event);
  await broker.heard.seen('triggerFired');

  expect(broker.heard.of('eventReceived').map(({ dependency }) => dependency)).toEqual(['dev.added', 'last']);
  await broker.heard.seen('eventFiltered');
  expect(broker.heard.of('eventFiltered')).toMatchObject([
    { dependency: 'last', because: 'the expression is false with n 20', at: 'filters[0].cesql' },
  ]);
});

test('what may be taken later is sent again as often as is written, with the same key', async () => {
  await using receiver = await answering(503, 404, 500);
  await using broker = await startBroker([{ subscriber: receiver.url, delivery: { retry: 3 } }]);

  await broker.publish(event);
  await broker.heard.seen('triggerFired');

  expect(receiver.received).toHaveLength(4);
  expect(new Set(receiver.received.map(({ headers }) => headers['Idempotency-Key'])).size).toBe(1);
});

test('without a dead letter sink, an event that nobody took is parked', async () => {
  await using receiver = await answering(400);
  await using broker = await startBroker([{ subscriber: receiver.url, delivery: { retry: 3 } }]);

  await broker.publish(event);
  const { error, attempt } = await broker.heard.seen('firingParked');

  expect((error as EngineError).message).toBe(`POST ${receiver.url}/: the answer was 400`);
  expect(attempt).toBe(1);
});

test('a dead letter sink gets the event with why nobody took it', async () => {
  await using receiver = await startReceiver((_, response) => void response.writeHead(503).end('not now'));
  await using sink = await answering(500);
  await using broker = await startBroker([{ subscriber: `${receiver.url}/x`, deadLetterSink: sink.url, delivery: { retry: 1 } }]);

  await broker.publish(event);
  await broker.heard.seen('triggerFired');

  expect(receiver.received).toHaveLength(2);
  expect(sink.received).toHaveLength(2);
  expect(ceHeaders(sink.received[1]!)).toEqual({
    'Ce-Specversion': '1.0',
    'Ce-Id': 'e1',
    'Ce-Source': '/s',
    'Ce-Type': 'dev.added',
    'Ce-N': '20',
    'Ce-Knativeerrordest': `${receiver.url}/x`,
    'Ce-Knativeerrorcode': '503',
    'Ce-Knativeerrordata': Buffer.from('not now').toString('base64'),
  });
});

test('a dead letter sink that takes nothing either leaves the event among our own dead letters', async () => {
  await using receiver = await answering(400);
  await using sink = await answering(400);
  await using broker = await startBroker([{ subscriber: receiver.url, deadLetterSink: sink.url }]);

  await broker.publish(event);
  const { trigger } = await broker.heard.seen('firingParked');

  expect(trigger).toBe('trigger-1/deadLetterSink');
});

test('where nobody answers, the dead letter says so', async () => {
  const gone = await answering();
  await gone[Symbol.asyncDispose]();
  await using sink = await answering();
  await using broker = await startBroker([{ subscriber: gone.url, deadLetterSink: sink.url }]);

  await broker.publish(event);
  await broker.heard.seen('triggerFired');

  const { 'Ce-Knativeerrorcode': code, 'Ce-Knativeerrordata': data } = ceHeaders(sink.received[0]!);
  expect(code).toBe('500');
  expect(Buffer.from(data!, 'base64').toString()).toMatch(/^127\.0\.0\.1:\d+ cannot be reached: /);
});

test('an event that is answered goes back into the Broker, though it is called the same', async () => {
  const reply = { 'Ce-Specversion': '1.0', 'Ce-Id': 'e1', 'Ce-Source': '/s', 'Ce-Type': 'answer', 'Content-Type': 'text/plain' };
  await using first = await startReceiver((_, response) => void response.writeHead(200, reply).end('hello'));
  await using second = await answering();
  await using broker = await startBroker([
    { name: 'first', subscriber: first.url, filter: { attributes: { type: 'dev.added' } } },
    { name: 'second', subscriber: second.url, filter: { attributes: { type: 'answer' } } },
  ]);

  await broker.publish(event);
  const { summary } = await broker.heard.seen('triggerFired', ({ trigger }) => trigger === 'first');
  await broker.heard.seen('triggerFired', ({ trigger }) => trigger === 'second');

  expect(summary).toBe(`deliver to ${first.url}/: 200; replied answer e1, back into Broker name`);
  expect(second.received[0]).toMatchObject({ body: 'hello', headers: { 'Ce-Type': 'answer', 'Content-Type': 'text/plain' } });
});

test('replies that go in a circle come to an end, which is told', async () => {
  const headers = { 'Ce-Specversion': '1.0', 'Ce-Id': 'e1', 'Ce-Source': '/s', 'Ce-Type': 'dev.added' };
  await using receiver = await startReceiver((_, response) => void response.writeHead(200, headers).end());
  await using broker = await startBroker([{ subscriber: receiver.url }]);

  await broker.publish({ ...event, extensions: { knativebrokerttl: 5 } });
  await broker.heard.seen('triggerFired', ({ summary }) => /dropped: replies go in a circle through Broker name$/.test(`${summary}`));

  expect(receiver.received).toHaveLength(5);
});

test('an answer that is no event is a success, and a failure where Knative is to be obeyed', async () => {
  await using receiver = await startReceiver((_, response) => void response.end('{"ok":true}'));
  await using broker = await startBroker([
    { name: 'usual', subscriber: receiver.url },
    { name: 'strict', subscriber: receiver.url, strict: true },
  ]);

  await broker.publish(event);
  await broker.heard.seen('triggerFired', ({ trigger }) => trigger === 'usual');
  const { error } = await broker.heard.seen('firingParked', ({ trigger }) => trigger === 'strict');

  expect((error as EngineError).message).toBe(`POST ${receiver.url}/: the answer was 200, and its body is no CloudEvent: {"ok":true}`);
});

test('an answer that claims to be an event and is none is a failure', async () => {
  await using receiver = await startReceiver(
    (_, response) => void response.writeHead(200, { 'Ce-Specversion': '1.0', 'Ce-Id': '1' }).end(),
  );
  await using broker = await startBroker([{ subscriber: receiver.url }]);

  await broker.publish(event);
  const { error } = await broker.heard.seen('firingParked');

  expect((error as EngineError).message).toBe(
    `POST ${receiver.url}/: the answer was 200 with a CloudEvent that cannot be used: it has no source and no type`,
  );
});

test('a receiver in this process is given the event without a request, and may come later', async () => {
  const taken: string[] = [];
  let isThere = false;
  await using broker = await startBroker([
    {
      delivery: { retry: 1 },
      subscriber() {
        if (!isThere) {
          isThere = true;
          throw new EngineError('CONFIG_ABSENT', { what: 'Service display' });
        }
        return {
          kind: 'here',
          name: 'the screen',
          take: async ({ id, extensions }) => void taken.push(`${id} ${JSON.stringify(extensions)}`),
        };
      },
    },
  ]);

  await broker.publish(event);
  const { summary } = await broker.heard.seen('triggerFired');

  expect(summary).toBe('deliver to the screen: taken');
  expect(taken).toEqual(['e1 {"n":20}']);
});

test('an event that is answered in part only is a failure, and any other answer may be as long as it likes', async () => {
  const reply = { 'Ce-Specversion': '1.0', 'Ce-Id': '1', 'Ce-Source': '/s', 'Ce-Type': 'answer' };
  const answers: [object, string][] = [
    [reply, 'x'.repeat(1024 * 1024 + 1)],
    [{ 'Content-Type': 'text/html' }, 'x'.repeat(3 * 1024 * 1024)],
  ];
  await using receiver = await startReceiver((_, response) => {
    const [headers, body] = answers.shift()!;
    response.writeHead(200, headers as Record<string, string>).end(body);
  });
  await using broker = await startBroker([{ subscriber: receiver.url, delivery: { retry: 1 } }]);

  await broker.publish(event);
  const { error } = await broker.heard.seen('attemptFailed');
  await broker.heard.seen('triggerFired');

  expect((error as EngineError).message).toBe(`${receiver.host} refused: it answers with more than 1048576 bytes`);
});

test('headers of the request that brought an event go on with it', async () => {
  await using receiver = await answering();
  await using broker = await startBroker([{ subscriber: receiver.url }]);
  const headers = {
    'Ce-Specversion': '1.0',
    'Ce-Id': '1',
    'Ce-Source': '/s',
    'Ce-Type': 't',
    'X-Request-Id': 'r',
    'X-B3-Sampled': '1',
    'X-Other': 'o',
  };

  await fetch(`${broker.url}/ns/name`, { method: 'POST', headers });
  await broker.heard.seen('triggerFired');

  const got = receiver.received[0]!.headers;
  expect([got['X-Request-Id'], got['X-B3-Sampled'], got['X-Other'], got['Ce-Sensoriumheaders']]).toEqual(['r', '1', undefined, undefined]);
});
