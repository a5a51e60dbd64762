import { expect, test } from 'vitest';
import { runCalled } from '../called-source.ts';
import { findingsOf } from '../findings-of.ts';
import { providerServer } from '../provider-server.ts';

const webhook = { endpoint: '/hook', port: '12000', method: 'POST' };
const secret = { name: 's', key: 'k' };
const entry = {
  webhook,
  topicArn: 'urn:t',
  apiURL: 'https://grid.test/api/v3',
  authToken: secret,
  bucket: 'pictures',
  events: ['ObjectCreated:*'],
};
const bodyOf = (key: string, more: object = {}): string =>
  new URLSearchParams({
    Action: 'Publish',
    Message: JSON.stringify({ Records: [{ s3: { object: { key } }, ...more }] }),
    TopicArn: 'urn:t',
    Version: '2010-03-31',
  }).toString();

test('a notification is there with its records, and is answered as SNS would', async () => {
  await using source = await runCalled('storageGrid', entry);
  const answer = await source.call({ body: bodyOf('a.png') });

  expect(answer).toMatchObject({ status: 200, text: expect.stringMatching(/^<PublishResponse .*<MessageId>[\da-f-]{36}<\/MessageId>/) });
  const [event] = await source.events();
  expect(event!.type).toBe('storagegrid');
  expect(event!.data!.json).toEqual({
    notification: {
      Action: 'Publish',
      Message: { Records: [{ s3: { object: { key: 'a.png' } } }] },
      TopicArn: 'urn:t',
      Version: '2010-03-31',
    },
  });
});

test('the filter looks at the name of the first object', async () => {
  await using source = await runCalled('storageGrid', { ...entry, filter: { prefix: 'in/', suffix: '.png' } });
  for (const name of ['in/a.png', 'out/a.png', 'in/a.txt']) expect((await source.call({ body: bodyOf(name) })).status).toBe(200);
  await source.call({ body: new URLSearchParams({ Message: '{"Records":[]}' }).toString() });

  expect(await source.events()).toHaveLength(1);
});

test('a notification that comes again is recognised by its time', async () => {
  await using source = await runCalled('storageGrid', entry);
  for (const time of ['1', '1', '2']) await source.call({ body: bodyOf('a', { eventTime: time }) });

  expect(await source.events()).toHaveLength(2);
});

test('what is no notification is refused, and a look at the address is answered', async () => {
  await using source = await runCalled('storageGrid', entry);

  expect(await source.call({ body: 'a=1' })).toEqual({ status: 400, text: 'the form has no field "Message"' });
  expect(await source.call({ body: 'Message=%7B' })).toMatchObject({ status: 400, text: expect.stringMatching(/^the body is not JSON: /) });
  expect(await source.call({ method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
});

test('a bus that is away is not answered with success', async () => {
  await using source = await runCalled('storageGrid', entry);
  source.takeBusAway(true);
  const calling = source.call({ body: bodyOf('a') });
  await source.clock.turn(10_000);

  expect(await calling).toMatchObject({ status: 503 });
});

test('our address and the notification of the bucket are set up', async () => {
  await using api = await providerServer((what) =>
    what.startsWith('GET') ? { json: { data: [{ endpointURN: 'urn:other' }] } } : { json: {} },
  );
  await using source = await runCalled('storageGrid', {
    ...entry,
    apiURL: `${api.url}/api/v3`,
    webhook: { ...webhook, url: 'https://hooks.test' },
  });
  await source.heard.seen('hookRegistered');

  expect(api.said()).toEqual([
    'GET /api/v3/org/endpoints',
    'POST /api/v3/org/endpoints',
    'PUT /api/v3/org/containers/pictures/notification',
  ]);
  expect(api.asked[1]!.body).toEqual({
    displayName: 'calls',
    endpointURI: 'https://hooks.test/hook',
    endpointURN: 'urn:t',
    authType: 'anonymous',
    insecureTLS: true,
  });
  expect(api.asked[2]!.body).toEqual({
    notification:
      '<NotificationConfiguration><TopicConfiguration><Id>calls</Id><Topic>urn:t</Topic><Event>ObjectCreated:*</Event></TopicConfiguration></NotificationConfiguration>',
  });
});

test.each([
  [{ topicArn: undefined }, 'error topicArn: topic arn must be provided'],
  [{ apiURL: '' }, 'error apiURL: api url must be provided'],
  [{ authToken: undefined }, 'error authToken: api auth token must be provided'],
  [{ bucket: undefined }, 'error bucket: bucket name must be provided'],
  [{ events: [] }, 'error events: event types must be provided'],
])('of %o it is said: %s', (change, said) => {
  expect(findingsOf('storageGrid', { ...entry, ...change })).toContain(said);
});
