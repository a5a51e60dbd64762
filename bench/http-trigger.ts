/**
 * The `http` trigger against a server that does nothing, beside its ceiling: the same requests sent by a bare undici pool, in the same
 * run. A firing is the whole of it: the body made of the event, the headers, the answer read and judged.
 */
import { spawn } from 'node:child_process';
import { once, setMaxListeners } from 'node:events';
import { Pool } from 'undici';
import { compileSensor } from '../sensors/compile.ts';
import type { CompiledTrigger } from '../sensors/compiled.ts';
import type { Sensor } from '../sensors/kind.ts';
import type { Firing } from '../sensors/triggers/trigger.ts';
import { EventData } from '../src/core/event/data.ts';
import { makeEvent } from '../src/core/event/event.ts';
import type { Kube } from '../src/core/kube/kube.ts';
import { Clients } from '../src/core/lifecycle/clients.ts';
import { createTell } from '../src/core/telemetry/tell.ts';
import { systemClock } from '../src/core/time/clock.ts';
import { checkRule } from '../src/manifests/check.ts';
import { percentile, printTable, type Row } from './measure.ts';
import { serviceEvent } from './service-event.ts';

const rounds = 9;
const requests = 3_000;
const inFlight = [1, 32];

export async function httpTrigger(): Promise<Row[]> {
  const script = `require('node:http').createServer((request, response) => {
    request.resume().on('end', () => response.end('ok'));
  }).listen(0, '127.0.0.1', function () { console.log(this.address().port) })`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [port] = await once(child.stdout, 'data');
    const server = `http://127.0.0.1:${String(port).trim()}`;
    await using clients = new Clients();
    const pool = new Pool(server, { connections: 32 });
    const ours = firingOf(triggerFor(server), clients);
    const bare = bareRequest(pool);
    const rows: Row[] = [];
    for (const many of inFlight) {
      const rates: [number[], number[]] = [[], []];
      // In turns, so that a busy machine meets both alike; the first round warms up.
      for (let round = 0; round <= rounds; round++)
        for (const which of [0, 1] as const) rates[which].push(await rate([ours, bare][which]!, many));
      const [value, ceiling] = rates.map((all) => percentile(all.slice(1), 50)) as [number, number];
      rows.push({ what: `small POSTs, ${many} in flight`, value, unit: '/s', ceiling, of: 'bare undici pool' });
    }
    await pool.close();
    return rows;
  } finally {
    child.kill();
  }
}

function triggerFor(server: string): CompiledTrigger {
  const from = (dataKey: string, dest: string) => ({ src: { dependencyName: 'service', dataKey }, dest });
  const http = {
    url: `${server}/services`,
    headers: { 'Content-Type': 'application/json' },
    payload: [from('body.metadata.name', 'name'), from('body.metadata.namespace', 'namespace')],
  };
  const object = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Sensor',
    metadata: { name: 'bench', namespace: 'bench' },
    spec: {
      dependencies: [{ name: 'service', eventSourceName: 'es', eventName: 'things' }],
      triggers: [{ template: { name: 'post', http } }],
    },
  };
  return compileSensor(checkRule(object)!.rule!.value as Sensor).compiled!.triggers[0]!;
}

/** As the frame gives it to many attempts at once. */
function sharedSignal(): AbortSignal {
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  return signal;
}

function firingOf(trigger: CompiledTrigger, clients: Clients): (id: number) => Promise<unknown> {
  const origin = { source: 'es', subject: 'things', type: 'resource' };
  const event = makeEvent({ id: 'x', data: EventData.fromText(JSON.stringify(serviceEvent)) }, origin, 0);
  const context = {
    attempt: 1,
    signal: sharedSignal(),
    clock: systemClock,
    kube: undefined as unknown as Kube,
    tell: createTell(),
    clients,
  };
  return async (id) => {
    const firing: Firing = {
      id: String(id),
      sensor: 'bench',
      namespace: 'bench',
      trigger: 'post',
      events: new Map([['service', event]]),
      orderKey: undefined,
    };
    return (await trigger.prepare(firing, context)).fire();
  };
}

function bareRequest(pool: Pool): (id: number) => Promise<unknown> {
  const body = '{"name":"hello","namespace":"playground"}';
  return async (id) => {
    const headers = { 'User-Agent': 'bench', 'Idempotency-Key': String(id), 'Content-Type': 'application/json' };
    const answer = await pool.request({ method: 'POST', path: '/services', headers, body });
    return answer.body.text();
  };
}

/** Requests a second. */
async function rate(send: (id: number) => Promise<unknown>, many: number): Promise<number> {
  let sent = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: many }, async () => {
      while (sent < requests) await send(sent++);
    }),
  );
  return requests / ((performance.now() - began) / 1000);
}

if (import.meta.url === `file://${process.argv[1]}`) printTable('http trigger', await httpTrigger());
