import { expect, test } from 'vitest';
import type { InterceptorEntry } from '../../../../src/dialects/tekton/kinds/interceptor-spec.ts';
import { startReceiver } from '../../../support/receiver.ts';
import { entryOf, outcomeOf, requestOf } from './world.ts';

const webhook = (url: string, header: NonNullable<InterceptorEntry['webhook']>['header'] = []): InterceptorEntry => ({
  webhook: { url, header },
});

test('a webhook is sent the call with its headers and the extensions, and what it answers is gone on with', async () => {
  await using receiver = await startReceiver((_, response) => {
    response.setHeader('X-Twice', ['1', '2']).end('{"new":true}');
  });
  const request = requestOf({
    header: { 'X-Github-Event': 'push', 'X-Old': 'old', 'Content-Length': '999', 'Accept-Encoding': 'gzip', Connection: 'close' },
    body: '{"id":12345678901234567890}',
    extensions: { short: 'abc' },
  });

  const outcome = await outcomeOf([webhook(`${receiver.url}/in`, [{ name: 'x-old', value: ['a', 'b'] }])], request);

  expect(outcome).toMatchObject({
    kind: 'passed',
    extensions: { short: 'abc' },
    call: { body: '{"new":true}', url: '/hooks?from=test', header: { 'X-Twice': ['1', '2'] } },
  });
  expect(outcome.kind === 'passed' && outcome.call.header['X-Github-Event']).toBeUndefined();
  const [sent] = receiver.received;
  expect(sent).toMatchObject({ method: 'POST', path: '/in', body: '{"id":12345678901234567890,"extensions":{"short":"abc"}}' });
  expect(sent!.headers).toMatchObject({ 'X-Github-Event': 'push', 'X-Old': 'b', 'Eventlistener-Request-Url': '/hooks?from=test' });
  expect(sent!.headers['Accept-Encoding']).toBeUndefined();
});

test('without extensions the body is sent byte for byte', async () => {
  await using receiver = await startReceiver();
  const header = { 'Content-Type': 'application/x-www-form-urlencoded' };

  await outcomeOf([webhook(receiver.url)], requestOf({ header, body: 'b=2&a=1' }));

  expect(receiver.received[0]!.body).toBe('b=2&a=1');
});

test('behind another interceptor it gets a form as that has seen it', async () => {
  await using receiver = await startReceiver();
  const header = { 'Content-Type': 'application/x-www-form-urlencoded' };

  await outcomeOf([entryOf('cel', { filter: "body.a[0] == '1'" }), webhook(receiver.url)], requestOf({ header, body: 'b=2&a=1' }));

  expect(receiver.received[0]!.body).toBe('{"a":["1"],"b":["2"]}');
});

test.each([400, 401, 403, 422])('a status of %d is its no', async (status) => {
  await using receiver = await startReceiver((_, response) => void response.writeHead(status).end('not this branch'));

  expect(await outcomeOf([webhook(receiver.url)], requestOf())).toMatchObject({
    kind: 'stopped',
    by: receiver.host,
    at: 0,
    code: 9,
    message: `POST ${receiver.url}/: the answer was ${status}: not this branch`,
  });
});

test.each([
  [500, 'backoff'],
  [429, 'backoff'],
  [404, 'never'],
  [202, 'never'],
])('a status of %d is an error: tried again %s', async (status, retry) => {
  await using receiver = await startReceiver((_, response) => void response.writeHead(status).end());

  await expect(outcomeOf([webhook(receiver.url)], requestOf())).rejects.toMatchObject({ code: 'REMOTE_HTTP', retry });
});

test('extensions cannot be put into a body that is no object', async () => {
  await using receiver = await startReceiver();

  await expect(outcomeOf([webhook(receiver.url)], requestOf({ body: '[1]', extensions: { a: 1 } }))).rejects.toMatchObject({
    retry: 'never',
  });
  expect(receiver.received).toEqual([]);
});
