import { connect } from 'node:net';
import { Agent, fetch } from 'undici';
import { expect, test } from 'vitest';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { runEventSource } from '../../../eventsources/runner.ts';
import { makeCertificates } from '../../../src/cli/local-cluster/tls/certificates.ts';
import { createRoutes } from '../../../src/core/http/routes.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { record } from '../../support/record.ts';
import { calledSource, kubeWithSecret } from '../called-world.ts';

const webhook = { endpoint: '/hook', port: '0', method: 'POST' };

/** Event sources with one entry each, which share real ports. */
function start(...entries: readonly (readonly [type: string, entry: object])[]) {
  const heard = record();
  const { tell } = heard;
  const bus = openMemoryBus({ kind: 'memory' }, { clock: systemClock, tell });
  const routes = createRoutes({ host: '127.0.0.1', clock: systemClock });
  const kube = kubeWithSecret();
  const { certificate, key } = makeCertificates(Date.now());
  const data = { crt: Buffer.from(certificate).toString('base64'), key: Buffer.from(key).toString('base64') };
  kube.put({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'tls', namespace: 'playground' }, data });
  const stop = new AbortController();
  const deps = { bus, kube, routes, clock: systemClock, tell, signal: stop.signal };
  const ended = entries.map(([type, entry]) => runEventSource(calledSource(type, entry), deps));
  return {
    heard,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await Promise.all(ended);
    },
  };
}

test('several types share a port, and a second entry with its path waits and says why', async () => {
  const stripe = { webhook: { ...webhook, endpoint: '/stripe' } };
  await using sources = start(
    ['webhook', webhook],
    ['stripe', stripe],
    ['slack', { webhook, token: { name: 's', key: 'k' }, signingSecret: { name: 's', key: 'k' } }],
  );
  const { port } = await sources.heard.seen('listening', ({ path }) => path === '/hook');
  await sources.heard.seen('listening', ({ path }) => path === '/stripe');
  const failed = await sources.heard.seen('workerFailed');
  const post = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: '{}' })).status;

  expect([await post('/hook'), await post('/stripe'), await post('/other')]).toEqual([200, 200, 404]);
  expect(String(failed['error'])).toBe(
    'EngineError: playground/es/calls cannot be called: playground/es/calls has the path /hook of port 0 already',
  );
});

test('with a certificate in Secrets it is called over TLS', async () => {
  const tls = { serverCertSecret: { name: 'tls', key: 'crt' }, serverKeySecret: { name: 'tls', key: 'key' } };
  await using sources = start(['webhook', { ...webhook, ...tls }]);
  const { port } = await sources.heard.seen('listening');
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });

  const answer = await fetch(`https://127.0.0.1:${port}/hook`, { method: 'POST', body: '{}', dispatcher });

  expect([answer.status, await answer.text()]).toEqual([200, 'success']);
  await dispatcher.destroy();
});

test('a thousand callers that say half a word do not keep others from being answered', async () => {
  await using sources = start(['webhook', webhook]);
  const { port } = await sources.heard.seen('listening');
  const slow = Array.from({ length: 1000 }, () => connect(Number(port), '127.0.0.1').on('error', () => {}));
  await Promise.all(slow.map((socket) => new Promise((resolve) => socket.write('POST /hook HTTP/1.1\r\ncontent-le', resolve))));

  const answer = await fetch(`http://127.0.0.1:${port}/hook`, { method: 'POST', body: '{}' });

  expect(answer.status).toBe(200);
  for (const socket of slow) socket.destroy();
});
