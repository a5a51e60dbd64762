import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { makeCertificates } from '../../../src/cli/local-cluster/tls/certificates.ts';
import type { Answer, Answering, Call } from '../../../src/core/http/call.ts';
import { createRoutes, type OpenRoute, type Route } from '../../../src/core/http/routes.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { TestClock } from '../../support/clock.ts';
import { eventually } from '../../support/eventually.ts';
import { freePort } from '../../support/ports.ts';

const open: OpenRoute[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one[Symbol.asyncDispose]()));
});

const ok: Answering = async () => ({ status: 200, text: 'success' });

function setUp(clock = systemClock) {
  const routes = createRoutes({ host: '127.0.0.1', clock });
  return async (path: string, answer: Answering = ok, more: Partial<Route> = {}): Promise<OpenRoute> => {
    const route = await routes.open({ port: 0, path, owner: `playground/es${path}`, answer, ...more });
    open.push(route);
    return route;
  };
}

const call = async (port: number, path: string, init?: RequestInit): Promise<[number, string]> => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, init);
  return [answer.status, await answer.text()];
};

test('many routes share a port, which answers for its health too', async () => {
  const add = setUp();
  const { port } = await add('/a', async () => ({ status: 200, text: 'from a' }));
  const second = await add('/b/{name}', async ({ path }) => ({ status: 202, text: `from ${path}` }));

  expect(second.port).toBe(port);
  expect(await call(port, '/a')).toEqual([200, 'from a']);
  expect(await call(port, '/b/x%20y?q=1')).toEqual([202, 'from /b/x y']);
  expect(await call(port, '/health', { method: 'POST' })).toEqual([200, 'OK']);
  expect(await call(port, '/a/')).toEqual([404, '404 page not found\n']);
  expect(await call(port, '/%zz')).toEqual([404, '404 page not found\n']);
});

test('a route that is to be asked last is, whenever it was opened', async () => {
  const add = setUp();
  const { port } = await add('/{rest:.*}', async ({ path }) => ({ status: 404, text: `nobody at ${path}` }), { isLast: true });
  await add('/a/{name}');

  expect(await call(port, '/a/b')).toEqual([200, 'success']);
  expect(await call(port, '/a/b/c')).toEqual([404, 'nobody at /a/b/c']);
});

test('a route that is closed is gone, and the port with the last of them', async () => {
  const add = setUp();
  const a = await add('/a');
  const b = await add('/b');

  await a[Symbol.asyncDispose]();
  expect(await call(b.port, '/a')).toEqual([404, '404 page not found\n']);
  expect(await call(b.port, '/b')).toEqual([200, 'success']);

  await b[Symbol.asyncDispose]();
  await expect(fetch(`http://127.0.0.1:${b.port}/b`)).rejects.toThrow();
});

test('a port that was closed can be opened again at once', async () => {
  const add = setUp();
  const { port } = await add('/a');
  const first = await add('/a', ok, { port: port === 0 ? 1 : await freePort() });
  const again = first[Symbol.asyncDispose]();
  const second = await add('/a', ok, { port: first.port });
  await again;

  expect(await call(second.port, '/a')).toEqual([200, 'success']);
});

test('two entries with one port and path: the error names both, and the first goes on', async () => {
  const add = setUp();
  const { port } = await add('/a');

  await expect(add('/a', ok, { owner: 'other/es/push' })).rejects.toThrow(
    'other/es/push cannot be called: playground/es/a has the path /a of port 0 already',
  );
  expect(await call(port, '/a')).toEqual([200, 'success']);
});

test('a port that somebody else has is an error that says so', async () => {
  const add = setUp();
  const { port } = await add('/a');

  await expect(setUp()('/a', ok, { port })).rejects.toThrow(`cannot listen on 127.0.0.1:${port}: the port is in use`);
});

test('a call sees its method, query, headers and body', async () => {
  const seen: Call[] = [];
  const { port } = await setUp()('/a', async (call) => {
    seen.push(call);
    return { status: 200, text: Buffer.from(await call.body(10)).toString() };
  });

  expect(await call(port, '/a?x=1&y=%20', { method: 'PATCH', body: 'hello', headers: { 'x-ONE': '1' } })).toEqual([200, 'hello']);
  expect(seen[0]).toMatchObject({ method: 'PATCH', path: '/a', query: 'x=1&y=%20', headers: { 'X-One': ['1'] } });
  expect(seen[0]!.headers['Host']).toBeUndefined();
});

test('a body larger than the limit is refused with both numbers before it is read, and the connection is closed', async () => {
  let held = 0;
  const { port } = await setUp()('/a', async (call) => {
    held = (await call.body(1000)).length;
    return { status: 200, text: 'success' };
  });

  const announced = await raw(port, 'POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 5000000\r\n\r\n');
  expect(announced).toMatch(/^HTTP\/1.1 413 .*Connection: close.*\r\n\r\nthe body has 5000000 bytes, and no more than 1000 are taken$/s);

  const chunk = `400\r\n${'x'.repeat(1024)}\r\n`;
  const chunked = await raw(port, `POST /a HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n${chunk.repeat(2000)}`);
  expect(chunked).toMatch(/^HTTP\/1.1 413 .*\r\n\r\nthe body has at least \d+ bytes, and no more than 1000 are taken$/s);
  expect(held).toBe(0);
});

test('a caller that asks before it sends is told to go on only when its body is wanted', async () => {
  const { port } = await setUp()('/a', async (call) => {
    if (call.query === 'no') return { status: 401, text: 'no' };
    return { status: 200, text: Buffer.from(await call.body(1000)).toString() };
  });
  const head = (query: string, length: number) =>
    `POST /a?${query} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nexpect: 100-continue\r\ncontent-length: ${length}\r\n\r\n`;

  expect(await raw(port, head('no', 5))).toMatch(/^HTTP\/1.1 401 /);
  expect(await raw(port, head('yes', 5000))).toMatch(/^HTTP\/1.1 413 /);
  expect(await raw(port, `${head('yes', 5)}hello`)).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 .*\r\n\r\nhello$/s);
});

test('a caller that breaks off in the middle of its body is forgotten, and others are answered', async () => {
  const answers: string[] = [];
  const { port } = await setUp()('/a', async (call) => {
    await call.body(1000).catch((thrown: Error) => {
      answers.push(thrown.message);
      throw thrown;
    });
    return { status: 200, text: 'success' };
  });

  const socket = connect(port, '127.0.0.1', () => {
    socket.write('POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf', () => socket.destroy());
  });

  await eventually(() => answers.length > 0);
  expect(answers).toEqual(['the body did not come whole']);
  expect(await call(port, '/a', { method: 'POST', body: 'x' })).toEqual([200, 'success']);
});

test('closing waits for calls in work, and answers them', async () => {
  const { promise, finish } = later<Answer>();
  const started = later<void>();
  const route = await setUp()('/a', () => {
    started.finish();
    return promise;
  });
  const calling = call(route.port, '/a');
  await started.promise;

  const closing = route[Symbol.asyncDispose]();
  finish({ status: 200, text: 'late' });

  expect(await calling).toEqual([200, 'late']);
  await closing;
});

/** A route with a call in work, and what ends that. */
async function busyRoute(add: ReturnType<typeof setUp>) {
  const { promise, finish } = later<Answer>();
  const started = later<void>();
  const route = await add('/a', () => {
    started.finish();
    return promise;
  });
  const calling = raw(route.port, 'GET /a HTTP/1.1\r\nHost: a\r\n\r\n');
  await started.promise;
  return { route, calling, finish: () => finish({ status: 200, text: 'late' }) };
}

test('who calls a route that is closing is told to come again', async () => {
  const add = setUp();
  await add('/other');
  const { route, finish } = await busyRoute(add);

  const closing = route[Symbol.asyncDispose]();
  await eventually(async () => (await call(route.port, '/a'))[1] === 'stopping');
  finish();
  await closing;

  expect(await call(route.port, '/a')).toEqual([404, '404 page not found\n']);
});

test('a port that closes takes no more connections, and callers are told to leave theirs', async () => {
  const { route, calling, finish } = await busyRoute(setUp());

  const closing = route[Symbol.asyncDispose]();
  await expect(eventually(() => call(route.port, '/a'), 0)).rejects.toThrow('fetch failed');
  finish();

  expect(await calling).toMatch(/^HTTP\/1.1 200 .*\r\nConnection: close\r\n.*late$/s);
  await closing;
});

test('closing does not wait for ever', async () => {
  const clock = new TestClock();
  const started = later<void>();
  const route = await setUp(clock)('/a', () => {
    started.finish();
    return new Promise(() => {});
  });
  const calling = call(route.port, '/a').catch(() => 'cut off');
  await started.promise;

  const closing = route[Symbol.asyncDispose]();
  await clock.turn(2000);
  await closing;

  expect(await calling).toBe('cut off');
});

test('what answers with an unexpected error is 500, and nothing else breaks', async () => {
  const { port } = await setUp()('/a', async () => {
    throw new Error('a mistake of ours');
  });

  expect(await call(port, '/a')).toEqual([500, 'a mistake of ours']);
  expect(await call(port, '/health')).toEqual([200, 'OK']);
});

test('an answer that cannot be written breaks its call off, and nothing else', async () => {
  const { port } = await setUp()('/a', async () => ({ status: 200, text: '', headers: { 'X-Price': '5 €' } }));

  await expect(call(port, '/a')).rejects.toThrow('fetch failed');
  expect(await call(port, '/health')).toEqual([200, 'OK']);
});

test('with a certificate the port speaks TLS, and takes a new one in time', async () => {
  const clock = new TestClock();
  let made = makeCertificates(Date.now());
  const tls = { name: 'the Secrets x', read: async () => ({ cert: made.certificate, key: made.key }) };
  const route = await setUp(clock)('/a', ok, { tls });
  const first = await fingerprint(route.port);

  made = makeCertificates(Date.now());
  expect(await fingerprint(route.port)).toBe(first);
  await clock.turn(5 * 60_000);

  expect(await fingerprint(route.port)).not.toBe(first);
});

test('a certificate that is none is an error that names its Secrets', async () => {
  const tls = { name: 'the Secrets a/b.c and a/b.d', read: async () => ({ cert: 'x', key: 'y' }) };

  await expect(setUp()('/a', ok, { tls })).rejects.toThrow('the certificate and key of the Secrets a/b.c and a/b.d cannot be used: ');
});

test('one port is with TLS or without', async () => {
  const add = setUp();
  await add('/a');
  const { certificate, key } = makeCertificates(Date.now());
  const tls = { name: 'the Secrets x', read: async () => ({ cert: certificate, key }) };

  await expect(add('/b', ok, { tls })).rejects.toThrow(
    'playground/es/b cannot be called: playground/es/a has opened port 0 without TLS, and this asks for TLS by the Secrets x',
  );
});

/** Everything that a server says to a text, until it closes the connection. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => void socket.write(text));
    socket.on('data', (piece) => {
      heard += piece;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(heard));
  });
}

function fingerprint(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

function later<T>() {
  let finish!: (value: T) => void;
  const promise = new Promise<T>((resolve) => {
    finish = resolve;
  });
  return { promise, finish };
}
