/** Callers that mean no good: bombs in bodies cost what their bytes cost, and requests that can be read in two ways are not read. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createRoutes } from '../../src/core/http/routes.ts';
import { systemClock } from '../../src/core/time/clock.ts';
import { runCalled } from '../eventsources/called-source.ts';

const entry = { endpoint: '/hook', port: '12000', method: 'POST' };

test('a packed body is not unpacked: a thousandth of what it claims is all that is looked at', async () => {
  await using source = await runCalled('webhook', { ...entry, maxPayloadSize: 20_000 });
  const bomb = gzipSync(JSON.stringify('x'.repeat(10_000_000)));
  expect(bomb.length).toBeLessThan(20_000);

  const answer = await source.call({ body: bomb.toString('latin1'), headers: { 'content-encoding': 'gzip' } });

  expect(answer).toMatchObject({ status: 400, text: expect.stringMatching(/^the body is not JSON: /) });
  expect(await source.events()).toEqual([]);
});

test.each([
  ['lists', '['.repeat(400_000)],
  ['objects', '{"a":'.repeat(100_000)],
  ['closed ones', `${'['.repeat(300_000)}${']'.repeat(300_000)}`],
])('JSON that is nested without end is refused: %s', async (_name, body) => {
  await using source = await runCalled('webhook', entry);

  expect(await source.call({ body })).toMatchObject({ status: 400, text: expect.stringMatching(/^the body is not JSON: /) });
  expect(await source.call({ body: '{}' })).toMatchObject({ status: 200 });
});

test.each([
  ['two lengths', 'content-length: 5\r\ncontent-length: 6'],
  ['a length and pieces', 'content-length: 5\r\ntransfer-encoding: chunked'],
  ['a header that is no line', 'x: a\rb: c'],
  ['a space before the colon', 'content-length : 5'],
])('a request that can be read in two ways is not read: %s', async (_name, headers) => {
  const calls: string[] = [];
  const routes = createRoutes({ host: '127.0.0.1', clock: systemClock });
  await using route = await routes.open({
    port: 0,
    path: '/hook',
    owner: 'test',
    answer: async ({ path }) => {
      calls.push(path);
      return { status: 200, text: 'taken' };
    },
  });

  const said = await new Promise<string>((resolve) => {
    let heard = '';
    const socket = connect(route.port, '127.0.0.1', () => socket.write(`POST /hook HTTP/1.1\r\nhost: x\r\n${headers}\r\n\r\nhello`));
    socket.on('data', (piece) => {
      heard += piece;
    });
    socket.on('error', () => {}).on('close', () => resolve(heard));
  });

  expect(said).toMatch(/^HTTP\/1.1 400 Bad Request/);
  expect(calls).toEqual([]);
});
