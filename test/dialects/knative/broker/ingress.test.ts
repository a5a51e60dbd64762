import { expect, test } from 'vitest';
import { headersCarriedBy } from '../../../../src/dialects/knative/delivery/passed-headers.ts';
import { startBroker } from '../broker-world.ts';

const binary = { 'Ce-Specversion': '1.0', 'Ce-Id': '1', 'Ce-Source': '/s', 'Ce-Type': 't', 'Content-Type': 'application/json' };
const structured = { 'Content-Type': 'application/cloudevents+json' };
const batched = { 'Content-Type': 'application/cloudevents-batch+json' };
const event = (id: number, more: object = {}) => JSON.stringify({ specversion: '1.0', id: `${id}`, source: '/s', type: 't', ...more });

async function post(url: string, headers: Record<string, string>, body: string, method = 'POST') {
  const answer = await fetch(url, { method, headers, body });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

test('202 comes when the bus has the event, with when it came and how far it may go', async () => {
  await using broker = await startBroker();

  const { status, text } = await post(`${broker.url}/ns/name`, { ...binary, 'Ce-Myext': 'v' }, '{"a":1}');

  expect({ status, text }).toEqual({ status: 202, text: '' });
  const [stored] = await broker.events();
  expect(stored).toMatchObject({ id: '1', source: '/s', type: 't', subject: '', extensions: { myext: 'v', knativebrokerttl: '255' } });
  expect(Date.parse(stored!.extensions['knativearrivaltime']!)).toBeGreaterThan(0);
  expect(stored!.types).toEqual({ knativebrokerttl: 'integer', time: 'absent' });
  expect(stored!.data!.text).toBe('{"a":1}');
});

test('an event that is sent again is stored once', async () => {
  await using broker = await startBroker();

  const first = await post(`${broker.url}/ns/name`, binary, '{}');
  const again = await post(`${broker.url}/ns/name`, binary, '{}');

  expect([first.status, again.status]).toEqual([202, 202]);
  expect(await broker.events()).toHaveLength(1);
});

test('a batch is stored in its order', async () => {
  await using broker = await startBroker();

  const { status } = await post(`${broker.url}/ns/name`, batched, `[${event(1)},${event(2)}]`);

  expect(status).toBe(202);
  expect((await broker.events()).map(({ id }) => id)).toEqual(['1', '2']);
});

test('headers that go on travel with the event', async () => {
  await using broker = await startBroker();
  const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  await post(`${broker.url}/ns/name`, { ...binary, 'X-Request-Id': 'r', 'Knative-Foo': 'f', 'X-Other': 'o', Traceparent: trace }, '');

  const [stored] = await broker.events();
  expect(headersCarriedBy(stored!)).toEqual({ 'X-Request-Id': 'r', 'Knative-Foo': 'f' });
  expect(stored!.extensions['traceparent']).toBe(trace);
});

test('where the bus cannot store it, the sender is asked to come again', async () => {
  await using broker = await startBroker();
  broker.loseBus(true);

  const { status, headers } = await post(`${broker.url}/ns/name`, structured, event(1));

  expect({ status, after: headers.get('retry-after') }).toEqual({ status: 503, after: '5' });
});

test.each<[string, Record<string, string>, string, string, number, string]>([
  ['/', structured, event(1), 'POST', 404, 'a Broker is called at /NAMESPACE/NAME'],
  ['/a/b/c', structured, event(1), 'POST', 400, '/a/b/c is the path of no Broker: those are /NAMESPACE/NAME'],
  ['/ns/other', structured, event(1), 'POST', 404, 'there is no Broker other in the namespace ns'],
  ['/ns/name', structured, event(1), 'PUT', 405, 'events are posted'],
  [
    '/ns/name',
    { 'Content-Type': 'text/plain' },
    'hello',
    'POST',
    400,
    'it is no CloudEvent: it has neither the content type application/cloudevents+json nor a header Ce-Specversion',
  ],
  ['/ns/name', structured, '{"specversion":"1.0","id":"1"}', 'POST', 400, 'it is no CloudEvent: it has no source and no type'],
  [
    '/ns/name',
    structured,
    'rubbish',
    'POST',
    400,
    'it is no CloudEvent: its body is not JSON: unexpected "r" at line 1, column 1, wanted a value',
  ],
  [
    '/ns/name',
    batched,
    `[${event(1)},{"specversion":"1.0"}]`,
    'POST',
    400,
    'event 2 of the batch is no CloudEvent: it has no id and no source and no type',
  ],
  ['/ns/name', structured, event(1, { knativebrokerttl: 1 }), 'POST', 400, 'it goes in a circle: its knativebrokerttl is used up'],
])('%s, %j, %s: refused', async (path, headers, body, method, status, text) => {
  await using broker = await startBroker();

  const answer = await post(`${broker.url}${path}`, headers, body, method);

  expect({ status: answer.status, text: answer.text }).toEqual({ status, text });
  expect(await broker.events()).toEqual([]);
});

test('a body that no bus would take is refused with both numbers', async () => {
  await using broker = await startBroker();

  const { status, text } = await post(`${broker.url}/ns/name`, binary, 'x'.repeat(20 * 1024 * 1024));

  expect({ status, text }).toEqual({ status: 413, text: 'the body has 20971520 bytes, and no more than 1048576 are taken' });
});

test('whoever asks first is told that it may send', async () => {
  await using broker = await startBroker();

  const answer = await fetch(`${broker.url}/ns/name`, { method: 'OPTIONS' });

  expect([answer.status, answer.headers.get('webhook-allowed-origin'), answer.headers.get('allow')]).toEqual([200, '*', 'POST, OPTIONS']);
});
