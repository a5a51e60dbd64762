import { expect, test } from 'vitest';
import { startBroker } from '../../../dialects/knative/broker-world.ts';
import { startNats } from '../../../support/nats.ts';
import { openJetStream } from '../../../support/open-bus.ts';
import { startReceiver } from '../../../support/receiver.ts';

const event = {
  specversion: '1.0',
  id: 'e1',
  source: '/größe',
  type: 'dev.added',
  datacontenttype: 'text/plain',
  data: 'hello',
  n: 20,
  flag: true,
};

test('on a real bus an event keeps its types and its headers through retries and into the dead letter sink', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  await using receiver = await startReceiver((_, response) => void response.writeHead(503).end('not now'));
  await using sink = await startReceiver();
  const delivery = { retry: 2, backoffPolicy: 'exponential', backoffDelay: 'PT0.1S', format: 'json' };
  const filters = [{ cesql: 'n > 19 AND flag AND type LIKE "dev.%"' }];
  await using broker = await startBroker([{ subscriber: receiver.url, deadLetterSink: sink.url, delivery, filters }], { bus });

  const answer = await fetch(`${broker.url}/ns/name`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/cloudevents+json', 'X-Request-Id': 'r1' },
    body: JSON.stringify(event),
  });
  await broker.heard.seen('triggerFired');

  expect(answer.status).toBe(202);
  expect(receiver.received).toHaveLength(3);
  const [dead] = sink.received;
  expect(dead!.headers['X-Request-Id']).toBe('r1');
  expect(JSON.parse(dead!.body)).toEqual({
    ...event,
    knativearrivaltime: expect.any(String),
    knativeerrordest: `${receiver.url}/`,
    knativeerrorcode: 503,
    knativeerrordata: Buffer.from('not now').toString('base64'),
  });
});

test('on a real bus replies go back into the Broker, and in a circle no further than they may', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  const headers = { 'Ce-Specversion': '1.0', 'Ce-Id': 'e1', 'Ce-Source': '/s', 'Ce-Type': 'dev.added' };
  await using receiver = await startReceiver((_, response) => void response.writeHead(200, headers).end());
  await using broker = await startBroker([{ subscriber: receiver.url }], { bus });

  await broker.publish({ specversion: '1.0', id: 'e1', source: '/s', type: 'dev.added', extensions: { knativebrokerttl: 4 } });
  await broker.heard.seen('triggerFired', ({ summary }) => /dropped: replies go in a circle/.test(`${summary}`));

  expect(receiver.received).toHaveLength(4);
});
