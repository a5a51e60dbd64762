import { request } from 'node:http';
import { expect, test } from 'vitest';
import { listen } from '../../../src/core/http/server.ts';

const hello = new Map([['/hello', (_request: unknown, response: import('node:http').ServerResponse) => void response.end('hi')]]);

test('routes by exact path and answers 404 for the rest', async () => {
  await using server = await listen(hello, { port: 0, host: '127.0.0.1' });
  const status = async (path: string) => (await fetch(`http://127.0.0.1:${server.port}${path}`)).status;

  expect(await (await fetch(`http://127.0.0.1:${server.port}/hello?x=1`)).text()).toBe('hi');
  expect([await status('/hello/'), await status('/'), await status('/hello')]).toEqual([404, 404, 200]);
});

test.each(['//', '//[', '/%', '*', 'http://a:b/'])('a target that is no path is 404 too: %s', async (path) => {
  await using server = await listen(hello, { port: 0, host: '127.0.0.1' });
  const status = await new Promise((resolve, reject) => {
    const sent = request({ port: server.port, host: '127.0.0.1', path, timeout: 5_000 }, ({ statusCode }) => resolve(statusCode));
    sent
      .on('error', reject)
      .on('timeout', () => sent.destroy(new Error('no answer')))
      .end();
  });

  expect(status).toBe(404);
});

test('a port in use is an error that says so and what to do', async () => {
  await using server = await listen(hello, { port: 0, host: '127.0.0.1' });

  await expect(listen(hello, { port: server.port, host: '127.0.0.1' })).rejects.toMatchObject({
    code: 'UNREACHABLE_PORT',
    message: `cannot listen on 127.0.0.1:${server.port}: the port is in use`,
    hint: 'another process uses the port; choose one by flag, 0 takes a free one',
  });
});
