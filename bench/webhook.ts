/**
 * Calls of a webhook beside those of a bare `node:http` server that reads the same body, parses it and answers. One process holds callers
 * and servers, the bus is in memory; 32 connections, each of which calls again as soon as it is answered.
 */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { openMemoryBus } from '../eventbus/memory/index.ts';
import { runEventSource } from '../eventsources/runner.ts';
import { createRoutes } from '../src/core/http/routes.ts';
import { createTell } from '../src/core/telemetry/tell.ts';
import { systemClock } from '../src/core/time/clock.ts';
import { calledSource, kubeWithSecret } from '../test/eventsources/called-world.ts';
import { percentile, printTable, type Row } from './measure.ts';

const connections = 32;
const webhook = { endpoint: '/hook', port: '0', method: 'POST' };
const secret = { name: 's', key: 'k' };
const plain = JSON.stringify({ order: 17, text: 'x'.repeat(1000) });
const delivery = JSON.stringify({
  ref: 'refs/heads/main',
  commits: Array.from({ length: 20 }, (_, n) => ({ id: `${n}`, message: 'x'.repeat(350) })),
});

/** Calls a second, for one second after a quarter of one to warm up. */
async function speed(port: number, body: string, headers = ''): Promise<number> {
  const request = `POST /hook HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${headers}content-length: ${body.length}\r\n\r\n${body}`;
  let answered = 0;
  let isOver = false;
  const call = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(request));
      socket.setNoDelay(true);
      socket.on('error', reject);
      socket.on('close', () => resolve());
      socket.on('data', (answer) => {
        if (!answer.includes('200 OK')) reject(new Error(answer.toString()));
        answered += 1;
        if (isOver) socket.destroy();
        else socket.write(request);
      });
    });
  const calls = Promise.all(Array.from({ length: connections }, call));
  await Promise.race([calls, systemClock.sleep(250)]);
  const [from, start] = [answered, performance.now()];
  await Promise.race([calls, systemClock.sleep(1000)]);
  const found = ((answered - from) / (performance.now() - start)) * 1000;
  isOver = true;
  await calls;
  return found;
}

async function ours(type: string, entry: object, body: string, headers?: string): Promise<number> {
  const bus = openMemoryBus({ kind: 'memory' }, { clock: systemClock, tell: createTell() });
  const stop = new AbortController();
  let port = 0;
  const tell = createTell((name, _, fields) => {
    if (name === 'listening') port = Number(fields['port']);
  });
  const routes = createRoutes({ host: '127.0.0.1', clock: systemClock });
  const deps = { bus, kube: kubeWithSecret(), routes, clock: systemClock, tell, signal: stop.signal };
  const ended = runEventSource(calledSource(type, entry), deps);
  while (port === 0) await systemClock.sleep(5);
  const found = await speed(port, body, headers);
  stop.abort();
  await ended;
  await bus[Symbol.asyncDispose]();
  return found;
}

async function bare(body: string): Promise<number> {
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    JSON.parse(Buffer.concat(pieces).toString());
    response.writeHead(200, { 'content-length': 7 }).end('success');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const found = await speed((server.address() as AddressInfo).port, body);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return found;
}

const signature = `x-hub-signature-256: sha256=${createHmac('sha256', 'secret').update(delivery).digest('hex')}\r\n`;
const github = { webhook, organizations: ['o'], events: ['push'], webhookSecret: secret };
/** The median of five rounds, in each of which both are tried, so that a neighbour on the machine disturbs them alike. */
async function row(what: string, body: string, one: () => Promise<number>): Promise<Row> {
  const [found, ceilings]: [number[], number[]] = [[], []];
  for (let round = 0; round < 5; round++) {
    found.push(await one());
    ceilings.push(await bare(body));
  }
  return { what, value: percentile(found, 50), unit: 'calls/s', ceiling: percentile(ceilings, 50), of: 'a bare node:http server' };
}

printTable('webhook', [
  await row('1 KB posted to a webhook', plain, () => ours('webhook', webhook, plain)),
  await row('8 KB posted by GitHub, signed', delivery, () => ours('github', github, delivery, signature)),
]);
