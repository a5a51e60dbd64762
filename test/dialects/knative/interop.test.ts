import { CloudEvent, type CloudEventV1, HTTP } from 'cloudevents';
import { expect, test } from 'vitest';
import { fromBusEvent } from '../../../src/core/cloudevents/bus-event.ts';
import { writeBatch } from '../../../src/core/cloudevents/write.ts';
import { startReceiver } from '../../support/receiver.ts';
import { startBroker } from './broker-world.ts';

/** The official SDK for JavaScript on both sides of our Broker. */

const sent = () =>
  new CloudEvent({
    id: 'e1',
    source: '/sdk',
    type: 'dev.sdk',
    subject: 'a b',
    // Zeros at the end of a fraction are not written back.
    time: '2026-07-18T12:00:00.123Z',
    datacontenttype: 'application/json',
    data: { a: [1, { b: null }] },
    myext: 'v',
    count: 7,
  });

const receive = ({ headers, body }: { headers: Readonly<Record<string, string>>; body: string }) => {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return HTTP.toEvent<unknown>({ headers: lower, body });
};

const facts = (event: CloudEventV1<unknown> | CloudEventV1<unknown>[]) => {
  const { id, source, type, subject, data, datacontenttype, time, myext } = event as CloudEventV1<unknown>;
  return { id, source, type, subject, data, datacontenttype, time, myext };
};

test.each(['binary', 'structured'] as const)('an event that it sends in %s mode comes to it as it was, in both modes', async (mode) => {
  await using receiver = await startReceiver();
  await using broker = await startBroker([
    { name: 'as-binary', subscriber: `${receiver.url}/binary` },
    { name: 'as-json', subscriber: `${receiver.url}/json`, delivery: { format: 'json' } },
  ]);
  const event = sent();
  const { headers, body } = HTTP[mode](event);

  const answer = await fetch(`${broker.url}/ns/name`, { method: 'POST', headers: headers as Record<string, string>, body: body as string });
  for (const name of ['as-binary', 'as-json']) await broker.heard.seen('triggerFired', ({ trigger }) => trigger === name);

  expect(answer.status).toBe(202);
  expect(receiver.received).toHaveLength(2);
  for (const received of receiver.received) expect(facts(receive(received))).toEqual(facts(event));
});

test('a batch of its events is taken, and it reads ours', async () => {
  await using broker = await startBroker();
  const events = [sent(), sent().cloneWith({ id: 'e2' })];

  const answer = await fetch(`${broker.url}/ns/name`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/cloudevents-batch+json' },
    body: JSON.stringify(events),
  });

  expect(answer.status).toBe(202);
  const { headers, body } = writeBatch((await broker.events()).map(fromBusEvent));
  expect((receive({ headers, body: body as string }) as CloudEventV1<unknown>[]).map(facts)).toEqual(events.map(facts));
});

test('an event with which it answers goes back into the Broker', async () => {
  const reply = HTTP.binary(sent().cloneWith({ id: 'e2', type: 'dev.answer' }));
  await using first = await startReceiver(
    (_, response) => void response.writeHead(200, reply.headers as Record<string, string>).end(reply.body),
  );
  await using second = await startReceiver();
  await using broker = await startBroker([
    { subscriber: first.url, filter: { attributes: { type: 'dev.sdk' } } },
    { name: 'second', subscriber: second.url, filter: { attributes: { type: 'dev.answer' } } },
  ]);
  const { headers, body } = HTTP.structured(sent());

  await fetch(`${broker.url}/ns/name`, { method: 'POST', headers: headers as Record<string, string>, body: body as string });
  await broker.heard.seen('triggerFired', ({ trigger }) => trigger === 'second');

  expect(facts(receive(second.received[0]!))).toEqual({
    ...facts(sent().cloneWith({ id: 'e2', type: 'dev.answer' })),
    time: expect.any(String),
  });
});
