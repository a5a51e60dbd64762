/**
 * A Broker: events that are stored, chosen by a Trigger's filter and sent to a subscriber, beside the same rule as a Sensor; one of a
 * thousand Triggers beside a single one; and calls of its ingress beside those of a webhook. The bus is in memory, the subscriber a
 * process of its own. Then objects of a real API server until their events are at a sink.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { openMemoryBus } from '../eventbus/memory/index.ts';
import { runListeners } from '../eventsources/runner.ts';
import { webhook } from '../eventsources/webhook/index.ts';
import { compileSensor } from '../sensors/compile.ts';
import type { CompiledSensor } from '../sensors/compiled.ts';
import type { Sensor } from '../sensors/kind.ts';
import { runSensor } from '../sensors/runner.ts';
import { toBusEvent } from '../src/core/cloudevents/bus-event.ts';
import type { CloudEvent } from '../src/core/cloudevents/cloud-event.ts';
import { EventData } from '../src/core/event/data.ts';
import { createRoutes } from '../src/core/http/routes.ts';
import type { Kube } from '../src/core/kube/kube.ts';
import { createTell } from '../src/core/telemetry/tell.ts';
import { systemClock } from '../src/core/time/clock.ts';
import { brokerIngress } from '../src/dialects/knative/broker/ingress.ts';
import { sensorOf } from '../src/dialects/knative/broker/sensor.ts';
import { deliveryTrigger, planOf } from '../src/dialects/knative/delivery/index.ts';
import { compileFilter } from '../src/dialects/knative/filters/index.ts';
import { checkRule } from '../src/manifests/check.ts';
import { percentile, printTable, type Row } from './measure.ts';
import { objectToSink } from './object-to-sink.ts';

const address = { source: 'Broker:bench', subject: 'event' };
const kube = undefined as unknown as Kube;
const body = JSON.stringify({ order: 17, text: 'x'.repeat(1000) });

const eventOf = (id: number): CloudEvent => ({
  specversion: '1.0',
  id: `${id}`,
  source: '/bench',
  type: 'wanted',
  time: '2026-01-02T03:04:05Z',
  datacontenttype: 'application/json',
  extensions: { knativebrokerttl: 255, knativearrivaltime: '2026-01-02T03:04:05Z' },
  data: EventData.fromText(body),
});

/** `count` Triggers, of which one wants the events. */
function broker(url: string, count: number): CompiledSensor {
  const subscribers = Array.from({ length: count }, (_, index) => {
    const name = `t${index}`;
    const type = index === count >> 1 ? 'wanted' : `type-${index}`;
    const target = { kind: 'http' as const, url: new URL(url) };
    const subscriber = () => target;
    const trigger = deliveryTrigger({ name, namespace: 'bench', plan: planOf({ retry: 3 }), subscriber });
    return { wants: compileFilter({ filter: { attributes: { type } } }, []).value, trigger, fingerprint: name };
  });
  return sensorOf({ name: 'bench', namespace: 'bench', since: new Date(0), address, subscribers });
}

function sensor(url: string): CompiledSensor {
  const object = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Sensor',
    metadata: { name: 'bench', namespace: 'bench', creationTimestamp: '1970-01-01T00:00:00Z' },
    spec: {
      dependencies: [{ name: 'd', eventSourceName: address.source, eventName: address.subject, filters: { context: { type: 'wanted' } } }],
      triggers: [
        {
          template: {
            name: 'post',
            http: {
              url,
              headers: { 'Content-Type': 'application/json' },
              payload: [{ src: { dependencyName: 'd', dataKey: '@this' }, dest: '' }],
            },
          },
        },
      ],
    },
  };
  return compileSensor(checkRule(object)!.rule!.value as Sensor).compiled!;
}

const events = 3_000;

/** Events a second, from a backlog. */
async function throughput(rule: CompiledSensor): Promise<number> {
  const stop = new AbortController();
  let fired = 0;
  let done = (): void => {};
  const all = new Promise<void>((resolve) => {
    done = resolve;
  });
  const tell = createTell((name) => {
    if (name === 'triggerFired' && ++fired === events) done();
  });
  await using bus = openMemoryBus({ kind: 'memory' }, { clock: systemClock, tell });
  for (let id = 0; id < events; id++) await bus.publish(toBusEvent(eventOf(id), address, 0));
  const start = performance.now();
  const running = runSensor(rule, { bus, kube, clock: systemClock, tell, signal: stop.signal, decisions: 100 });
  await all;
  const found = (events / (performance.now() - start)) * 1000;
  stop.abort();
  await running;
  return found;
}

/** Calls a second. */
async function calls(listener: Parameters<typeof runListeners>[1][number], path: string, headers: string): Promise<number> {
  const stop = new AbortController();
  let port = 0;
  const tell = createTell((name, _, fields) => {
    if (name === 'listening') port = Number(fields['port']);
  });
  await using bus = openMemoryBus({ kind: 'memory' }, { clock: systemClock, tell });
  const routes = createRoutes({ host: '127.0.0.1', clock: systemClock });
  const deps = { bus, kube, routes, clock: systemClock, tell, signal: stop.signal };
  const ended = runListeners({ namespace: 'bench', name: 'bench' }, [listener], deps);
  while (port === 0) await systemClock.sleep(5);
  let answered = 0;
  let sent = 0;
  const request = () =>
    `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nce-id: ${sent++}\r\n${headers}content-length: ${body.length}\r\n\r\n${body}`;
  const sockets = Array.from({ length: 32 }, () => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request()));
    socket.setNoDelay(true);
    socket.on('data', () => {
      answered += 1;
      socket.write(request());
    });
    return socket;
  });
  await systemClock.sleep(250);
  const [from, start] = [answered, performance.now()];
  await systemClock.sleep(750);
  const found = ((answered - from) / (performance.now() - start)) * 1000;
  for (const socket of sockets) socket.destroy();
  stop.abort();
  await ended;
  return found;
}

/** The medians of rounds in which both are tried, now the one first and now the other. */
async function row(what: string, of: string, ours: () => Promise<number>, theirs: () => Promise<number>): Promise<Row> {
  const found: [number[], number[]] = [[], []];
  for (let round = -2; round < 10; round++) {
    for (const which of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const speed = await [ours, theirs][which]!();
      if (round >= 0) found[which].push(speed);
    }
  }
  return { what, value: percentile(found[0], 50), unit: '/s', ceiling: percentile(found[1], 50), of };
}

const script = `require('node:http').createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(202).end());
}).listen(0, '127.0.0.1', function () { console.log(this.address().port) })`;

/** A subscriber in a process of its own, which takes everything. */
async function startSubscriber(): Promise<Disposable & { readonly url: string }> {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(child.stdout, 'data');
  return { url: `http://127.0.0.1:${String(port).trim()}/`, [Symbol.dispose]: () => void child.kill() };
}

async function ofBroker(): Promise<Row[]> {
  using subscriber = await startSubscriber();
  const { url } = subscriber;
  const ce = 'ce-specversion: 1.0\r\nce-source: /bench\r\nce-type: wanted\r\n';
  const called = { endpoint: '/hook', port: '0', method: 'POST', maxPayloadSize: 1024 * 1024 };
  return [
    await row(
      'events to a subscriber',
      'the same rule as a Sensor',
      () => throughput(broker(url, 1)),
      () => throughput(sensor(url)),
    ),
    await row(
      'the same, one of 1,000 Triggers',
      'a single Trigger',
      () => throughput(broker(url, 1000)),
      () => throughput(broker(url, 1)),
    ),
    await row(
      '1 KB events sent to the ingress',
      'a webhook',
      () => calls({ definition: brokerIngress, eventName: 'e', spec: { port: 0, path: '/ns/name' }, address }, '/ns/name', ce),
      () => calls({ definition: webhook as never, eventName: 'e', spec: called }, '/hook', ''),
    ),
  ];
}

printTable('broker', await ofBroker());
printTable('object to sink', await objectToSink());
