import { expect, test } from 'vitest';
import { type HttpAnswer, HttpClient } from '../../../src/core/http/client.ts';
import type { HttpRequest } from '../../../src/core/http/redirect.ts';
import { TestClock } from '../../support/clock.ts';
import { eventually } from '../../support/eventually.ts';
import { startReceiver } from '../../support/receiver.ts';
import { startTinyServer } from '../../support/tiny-server.ts';

const sending = { signal: new AbortController().signal, clock: new TestClock(), within: 60_000 };

async function send(url: string, request: Partial<HttpRequest> = {}, options = {}): Promise<HttpAnswer> {
  await using client = new HttpClient();
  return await client.send({ method: 'POST', url: new URL(url), headers: {}, ...request }, { ...sending, ...options });
}

test('connections are used again', async () => {
  const ports = new Set<number | undefined>();
  await using receiver = await startReceiver((_, response, request) => {
    ports.add(request.socket.remotePort);
    response.end('ok');
  });
  await using client = new HttpClient();

  for (let round = 0; round < 20; round++)
    await client.send({ method: 'POST', url: new URL(receiver.url), headers: {}, body: 'x' }, sending);

  expect(ports.size).toBeLessThanOrEqual(2);
});

test('redirections are followed to the end', async () => {
  await using receiver = await startReceiver(({ path }, response) => {
    const at = Number(path.slice(1));
    if (at < 10) response.writeHead(at % 2 ? 302 : 307, { location: `/${at + 1}` });
    response.end('there');
  });

  expect(await send(`${receiver.url}/0`, { body: 'b' })).toMatchObject({ status: 200, text: 'there' });
  expect(receiver.received.map(({ method, path }) => `${method} ${path}`).slice(0, 3)).toEqual(['POST /0', 'POST /1', 'GET /2']);
  expect(receiver.received).toHaveLength(11);
});

test.each([
  ['/circle', (host: string) => `${host} refused: its redirections lead in a circle, back to http://${host}/circle`],
  ['/on/0', (host: string) => `${host} refused: it redirects more than 10 times`],
  ['/away', (host: string) => `${host} refused: it redirects to file:///etc/passwd, which is no http or https URL`],
  ['/broken', (host: string) => `${host} refused: it redirects to what is no URL`],
])('redirections that lead nowhere end with a reason: %s', async (path, message) => {
  const further = (at: string) => `/on/${Number(at.split('/')[2]) + 1}`;
  const places: Record<string, string> = { '/circle': '/back', '/back': '/circle', '/away': 'file:///etc/passwd', '/broken': 'http://[' };
  await using receiver = await startReceiver((received, response) => {
    response.writeHead(302, { location: places[received.path] ?? further(received.path) }).end();
  });

  await expect(send(receiver.url + path, { method: 'GET' })).rejects.toMatchObject({
    code: 'REMOTE_RECEIVER',
    message: message(receiver.host),
    retry: 'backoff',
  });
});

test('of a large answer the beginning is kept, and the rest is not held', async () => {
  await using receiver = await startReceiver((_, response) => void response.end('0123456789'.repeat(1024 * 1024)));

  const { status, text } = await send(receiver.url);

  expect(status).toBe(200);
  expect(text).toBe('0123456789'.repeat(410).slice(0, 4096));
});

test('an answer whose body breaks off is an answer', async () => {
  await using receiver = await startReceiver((_, response) => {
    response.writeHead(201, { 'content-length': '100' });
    response.write('begun', () => response.destroy());
  });

  expect(await send(receiver.url)).toMatchObject({ status: 201, text: 'begun' });
});

test('a target that does not answer is given up after its time', async () => {
  const clock = new TestClock();
  await using receiver = await startReceiver(() => {});
  const sent = send(receiver.url, {}, { clock, within: 5000 }).catch((thrown) => thrown);
  await eventually(() => receiver.received.length === 1);

  await clock.turn(5000);

  expect(await sent).toMatchObject({
    code: 'UNREACHABLE_RECEIVER',
    message: `${receiver.host} cannot be reached: it has not answered within 5 s`,
    retry: 'backoff',
  });
});

test('the signal ends a request', async () => {
  const stop = new AbortController();
  await using receiver = await startReceiver(() => stop.abort());

  await expect(send(receiver.url, {}, { signal: stop.signal })).rejects.toMatchObject({ code: 'UNREACHABLE_RECEIVER' });
});

test('a request that is ended before it has begun is not sent, and fails once', async () => {
  await using receiver = await startReceiver((_, response) => response.end('ok'));
  const reason = new Error('the shift is over');

  await expect(send(receiver.url, {}, { signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
    code: 'UNREACHABLE_RECEIVER',
    message: `${receiver.host} cannot be reached: the shift is over`,
  });
  await send(receiver.url, { body: 'next' });

  expect(receiver.received.map(({ body }) => body)).toEqual(['next']);
});

test('a request is ended at once while its server is still being connected to', async () => {
  const clock = new TestClock();
  // It says nothing of TLS.
  await using silent = await startTinyServer(() => () => {});
  await using client = new HttpClient();
  const url = new URL(`https://127.0.0.1:${silent.port}/`);
  const sent = client.send({ method: 'POST', url, headers: {} }, { ...sending, clock, within: 5000 }).catch((thrown) => thrown);
  await eventually(() => silent.sockets.size === 1);

  await clock.turn(5000);

  expect(await sent).toMatchObject({ message: `${url.host} cannot be reached: it has not answered within 5 s` });
  silent.cut();
});

test('a target that resets the connection, and one that is not there, can be tried again', async () => {
  const resetting = await startTinyServer((socket) => () => socket.resetAndDestroy());
  const host = `127.0.0.1:${resetting.port}`;

  const reset = await send(`http://${host}/`).catch((thrown) => thrown);
  await resetting.close();
  const absent = await send(`http://${host}/`).catch((thrown) => thrown);

  expect(reset).toMatchObject({ code: 'UNREACHABLE_RECEIVER', message: `${host} cannot be reached: read ECONNRESET`, retry: 'backoff' });
  expect(absent).toMatchObject({ code: 'UNREACHABLE_RECEIVER', message: `${host} cannot be reached: connect ECONNREFUSED ${host}` });
});

test('a certificate that nobody vouches for is refused, unless verifying is given up', async () => {
  await using receiver = await startReceiver(undefined, { tls: true });
  await using lenient = new HttpClient({ rejectUnauthorized: false });

  await expect(send(receiver.url)).rejects.toThrow(/cannot be reached: (unable to verify|self.signed certificate)/);
  const answer = await lenient.send({ method: 'GET', url: new URL(receiver.url), headers: {}, host: 'virtual.example' }, sending);
  expect(answer.status).toBe(200);
  expect(receiver.received[0]!.headers['host']).toBe('virtual.example');
});

test('a header that cannot be written is the request’s fault', async () => {
  await expect(send('http://127.0.0.1:1/', { headers: { bad: 'a\nb' } })).rejects.toMatchObject({
    code: 'EVENT_RENDERED_INVALID',
    message: 'after its parameters the trigger is not valid: invalid bad header',
    retry: 'never',
  });
});

test('an answer that is wanted whole is an error when it is longer, and when it breaks off', async () => {
  await using receiver = await startReceiver(({ path }, response) => {
    if (path === '/long') response.end('12345');
    else if (path === '/short') response.end('1234');
    else response.writeHead(200, { 'content-length': '100' }).write('begun', () => response.destroy());
  });
  const whole = { keep: 4, isWhole: true };

  expect(await send(`${receiver.url}/short`, {}, whole)).toMatchObject({ text: '1234' });
  await expect(send(`${receiver.url}/long`, {}, whole)).rejects.toMatchObject({
    code: 'REMOTE_RECEIVER',
    message: `${receiver.host} refused: it answers with more than 4 bytes`,
  });
  await expect(send(`${receiver.url}/broken`, {}, { isWhole: true })).rejects.toMatchObject({ code: 'UNREACHABLE_RECEIVER' });
});

test('all headers of an answer can be asked for, each with all its values', async () => {
  await using receiver = await startReceiver((_, response) => void response.setHeader('x-some-thing', ['1', '2']).end());

  const { headers } = await send(receiver.url);

  expect(headers()).toMatchObject({ 'X-Some-Thing': ['1', '2'], 'Content-Length': ['0'] });
});

test('when it is closed, no connection is kept on which nobody waits any more, also where the server has not said a word', async () => {
  await using server = await startTinyServer(() => () => {});
  const client = new HttpClient();
  const stop = new AbortController();
  const request = { method: 'GET', url: new URL(`https://127.0.0.1:${server.port}/`), headers: {}, body: undefined };
  const answer = client.send(request as never, { ...sending, signal: stop.signal });
  answer.catch(() => {});
  await eventually(() => server.sockets.size === 1);
  stop.abort(new Error('it is over'));
  await expect(answer).rejects.toThrow('it is over');

  const closed = client[Symbol.asyncDispose]();

  await eventually(() => server.sockets.size === 0, 5_000);
  await closed;
});
