/**
 * The Kubernetes client beside its ceiling: the same requests sent by a bare undici pool, in the same run. Once against the real
 * API server, which is what limits both, and once against a server that does nothing, where only the client is left to see.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Pool } from 'undici';
import { openKube } from '../src/core/kube/client.ts';
import type { Kube, KubeObject } from '../src/core/kube/kube.ts';
import { createTell } from '../src/core/telemetry/tell.ts';
import { systemClock } from '../src/core/time/clock.ts';
import { configMaps, ingresses } from '../test/support/kinds.ts';
import { startApiServer } from '../test/support/kube-apiserver.ts';
import { tokenConfig } from '../test/support/token-config.ts';
import { percentile, printTable, type Row } from './measure.ts';

/** 2 KB of data. */
const configMap = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  data: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`key-${index}`, 'x'.repeat(90)])),
});

const ingress = (name: string): KubeObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name, namespace: 'default' },
  spec: {
    rules: [
      {
        host: `${name}.example.com`,
        http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { number: 80 } } } }] },
      },
    ],
  },
});

type Create = (object: KubeObject) => Promise<unknown>;

export async function kubeClient(): Promise<Row[]> {
  return [...(await againstTheApiServer()), ...(await againstNothing())];
}

async function againstTheApiServer(): Promise<Row[]> {
  await using api = await startApiServer();
  await using kube = openKube(tokenConfig(api, api.token), { tell: createTell(), clock: systemClock });
  const pool = new Pool(api.server, { connections: 32, connect: { ca: api.ca } });
  const rows: Row[] = [];
  for (const [what, type, path, make] of [
    ['ConfigMaps of 2 KB', configMaps, '/api/v1/namespaces/default/configmaps', configMap],
    ['Ingresses', ingresses, '/apis/networking.k8s.io/v1/namespaces/default/ingresses', ingress],
  ] as const) {
    const ours: Create = (object) => kube.create(type, object);
    const bare = bareCreate(pool, path, api.token);
    await rate(ours, make, 200, 16);
    await rate(bare, make, 200, 16);
    for (const inFlight of [16, 64]) {
      const [value, ceiling] = await alternate(ours, bare, make, 150, inFlight);
      rows.push({ what: `create ${what}, ${inFlight} in flight`, value, unit: '/s', ceiling, of: 'bare undici pool' });
    }
  }
  rows.push(...(await latency(kube, pool, api.token)));
  await pool.close();
  return rows;
}

async function latency(kube: Kube, pool: Pool, token: string): Promise<Row[]> {
  await kube.create(configMaps, configMap('one'));
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < 500; round++) {
    let began = performance.now();
    await kube.get(configMaps, { name: 'one' });
    ours.push(performance.now() - began);
    began = performance.now();
    const { body } = await pool.request({
      method: 'GET',
      path: '/api/v1/namespaces/default/configmaps/one',
      headers: { authorization: `Bearer ${token}` },
    });
    await body.json();
    bare.push(performance.now() - began);
  }
  return [{ what: 'one get, p50', value: percentile(ours, 50), unit: 'ms', ceiling: percentile(bare, 50), of: 'bare undici pool' }];
}

/** A server in a process of its own that answers every request with the same object. */
async function againstNothing(): Promise<Row[]> {
  const answer = JSON.stringify(configMap('answer'));
  const script = `require('node:http').createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(201, { 'content-type': 'application/json' }).end(${JSON.stringify(answer)}));
  }).listen(0, '127.0.0.1', function () { console.log(this.address().port) })`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [port] = await once(child.stdout, 'data');
    const server = `http://127.0.0.1:${String(port).trim()}`;
    await using kube = openKube(tokenConfig({ server }), { tell: createTell(), clock: systemClock });
    const pool = new Pool(server, { connections: 32 });
    const ours: Create = (object) => kube.create(configMaps, object);
    const bare = bareCreate(pool, '/api/v1/namespaces/default/configmaps', 'token');
    await rate(ours, configMap, 2000, 16);
    await rate(bare, configMap, 2000, 16);
    const [value, ceiling] = await alternate(ours, bare, configMap, 2000, 16);
    await pool.close();
    return [{ what: 'create against a server that does nothing, 16 in flight', value, unit: '/s', ceiling, of: 'bare undici pool' }];
  } finally {
    child.kill();
  }
}

function bareCreate(pool: Pool, path: string, token: string): Create {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' };
  return async (object) => {
    const { statusCode, body } = await pool.request({ method: 'POST', path, headers, body: JSON.stringify(object) });
    const made = await body.json();
    if (statusCode !== 201) throw new Error(`${statusCode} ${JSON.stringify(made)}`);
    return made;
  };
}

/** Medians of many short rounds in turns, so that a busy machine and a server that fills up meet both alike. */
async function alternate(
  ours: Create,
  bare: Create,
  make: (name: string) => KubeObject,
  count: number,
  inFlight: number,
): Promise<[number, number]> {
  const rates: [number[], number[]] = [[], []];
  for (let round = 0; round < 9; round++) {
    for (const which of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      rates[which].push(await rate([ours, bare][which]!, make, count, inFlight));
    }
  }
  return [percentile(rates[0], 50), percentile(rates[1], 50)];
}

/** Objects made a second. */
async function rate(create: Create, make: (name: string) => KubeObject, count: number, inFlight: number): Promise<number> {
  const prefix = `bench-${Math.random().toString(36).slice(2)}`;
  let made = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (made < count) await create(make(`${prefix}-${made++}`));
    }),
  );
  return count / ((performance.now() - began) / 1000);
}

if (import.meta.url === `file://${process.argv[1]}`) printTable('Kubernetes client', await kubeClient());
