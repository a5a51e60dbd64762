/**
 * The bus on a real nats-server beside its ceiling: the client library's own publish and consume, without CloudEvents and without
 * our promises, in the same run. Events of 1 KB, file storage, server and client on the same machine.
 */
import { jetstream } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import type { EventBus } from '../eventbus/bus.ts';
import { openBus } from '../eventbus/open.ts';
import { EventData } from '../src/core/event/data.ts';
import type { Event } from '../src/core/event/event.ts';
import { createTell } from '../src/core/telemetry/tell.ts';
import { systemClock } from '../src/core/time/clock.ts';
import { buildEvent } from '../test/support/build-event.ts';
import { jetStream } from '../test/support/jetstream.ts';
import { type Nats, startNats } from '../test/support/nats.ts';
import { otherClient } from '../test/support/open-bus.ts';
import { percentile, printTable, type Row } from './measure.ts';

const context = { tell: createTell(), clock: systemClock };
const body = Buffer.from(JSON.stringify({ text: 'x'.repeat(1000) }));
const count = 50_000;

const event = (n: number): Event => buildEvent({ id: `event-${n}`, data: EventData.fromBytes(body) });

/** Does `work` for each number, so many at a time; how many a second. */
async function speed(total: number, atOnce: number, work: (n: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < total) await work(next++);
    }),
  );
  return (total / (performance.now() - start)) * 1000;
}

async function publishing(atOnce: number, total: number): Promise<Row> {
  await using nats = await startNats();
  await using bus = await openBus(jetStream(nats), context);
  await using other = await otherClient(nats);
  const client = jetstream(other.nats);
  await other.manager.streams.add({ name: 'plain', subjects: ['plain'] });
  const theirs = () =>
    speed(total, atOnce, (n) => client.publish('plain', body, { msgID: `event-${n}-${performance.now()}`, headers: headers() }));
  const ours = (from: number) => speed(total, atOnce, (n) => bus.publish(event(from + n)));
  await speed(2000, 64, (n) => bus.publish(event(-n - 1)));
  const [ours1, theirs1, ours2, theirs2] = [await ours(0), await theirs(), await ours(total), await theirs()];
  return {
    what: `publish, ${atOnce} in flight`,
    value: Math.max(ours1, ours2),
    unit: '/s',
    ceiling: Math.max(theirs1, theirs2),
    of: "the client's publish",
  };
}

async function taking(bus: EventBus, name: string, total: number, each = (_: Event) => {}): Promise<number> {
  const controller = new AbortController();
  let taken = 0;
  const start = performance.now();
  const origins = [{ source: 'git', subject: 'push' }];
  for await (const batch of bus.subscribe({ name, origins, since: new Date(0), maxInFlight: 1024 }, controller.signal)) {
    for (const delivery of batch) {
      each(delivery.event!);
      delivery.ack();
    }
    taken += batch.length;
    if (taken >= total) break;
  }
  return (total / (performance.now() - start)) * 1000;
}

async function consuming(nats: Nats, bus: EventBus): Promise<Row[]> {
  await using other = await otherClient(nats);
  const theirs = async (name: string) => {
    await other.manager.consumers.add('default', { durable_name: name, ack_policy: 'explicit', max_ack_pending: 5000 });
    const consumer = await jetstream(other.nats).consumers.get('default', name);
    const start = performance.now();
    await new Promise<void>((resolve, reject) => {
      let taken = 0;
      consumer
        .consume({
          max_messages: 1024,
          callback(message) {
            message.ack();
            if (++taken === count) resolve();
          },
        })
        .catch(reject);
    });
    return (count / (performance.now() - start)) * 1000;
  };
  const ours = [await taking(bus, 'a', count), await taking(bus, 'b', count)];
  const ceiling = Math.max(await theirs('c'), await theirs('d'));
  const replay = async () => {
    const start = performance.now();
    let read = 0;
    for await (const _ of bus.replay({ source: 'git', subject: 'push' }, 0, new AbortController().signal)) read += 1;
    return (read / (performance.now() - start)) * 1000;
  };
  return [
    { what: 'subscribe and acknowledge', value: Math.max(...ours), unit: '/s', ceiling, of: "the client's consume, callback" },
    { what: 'the same, and parse the JSON', value: await taking(bus, 'e', count, (event) => void event.data!.json), unit: '/s' },
    { what: 'replay', value: Math.max(await replay(), await replay()), unit: '/s' },
  ];
}

/** From publish to delivery, one every 5 ms. */
async function latency(bus: EventBus): Promise<Row[]> {
  const sent = new Map<string, number>();
  const took: number[] = [];
  const controller = new AbortController();
  const rounds = 400;
  const reading = (async () => {
    const origins = [{ source: 'git', subject: 'latency' }];
    for await (const batch of bus.subscribe({ name: 'latency', origins, since: new Date(0), maxInFlight: 64 }, controller.signal)) {
      for (const { event, ack } of batch) {
        took.push(performance.now() - sent.get(event!.id)!);
        ack();
      }
      if (took.length >= rounds) return;
    }
  })();
  await systemClock.sleep(300);
  for (let n = 0; n < rounds; n++) {
    const one = buildEvent({ id: `latency-${n}`, subject: 'latency', data: EventData.fromBytes(body) });
    sent.set(one.id, performance.now());
    await bus.publish(one);
    await systemClock.sleep(5);
  }
  await reading;
  return [50, 99].map((percent) => ({ what: `publish to delivery, p${percent}`, value: percentile(took, percent), unit: 'ms' }));
}

async function storage(bus: EventBus): Promise<Row[]> {
  const state = await bus.state('bench');
  const queue = await bus.queue('bench');
  await state.set('warm', body, 0);
  const sets = await speed(10_000, 64, (n) => state.set(`k${n}`, body, 0));
  const puts = await speed(10_000, 64, (n) => queue.put(body, { id: `${n}` }));
  const waiting: number[] = [];
  const start = performance.now();
  for await (const { sequence } of queue.entries()) waiting.push(sequence);
  const listed = (waiting.length / (performance.now() - start)) * 1000;
  return [
    { what: 'state: set, 64 in flight', value: sets, unit: '/s' },
    { what: 'queue: put, 64 in flight', value: puts, unit: '/s' },
    { what: 'queue: list', value: listed, unit: '/s' },
    {
      what: 'queue: read and remove, 64 in flight',
      value: await speed(waiting.length, 64, async (n) => queue.read(waiting[n]!).then(() => queue.remove(waiting[n]!))),
      unit: '/s',
    },
  ];
}

async function inMemory(): Promise<Row[]> {
  await using bus = await openBus({ kind: 'memory' }, context);
  const publish = await speed(count, 64, (n) => bus.publish(event(n)));
  return [
    { what: 'in memory: publish', value: publish, unit: '/s' },
    { what: 'in memory: subscribe and acknowledge', value: await taking(bus, 'a', count), unit: '/s' },
  ];
}

const rows: Row[] = [await publishing(1, 5000), await publishing(64, count), await publishing(256, count)];
{
  await using nats = await startNats();
  await using bus = await openBus(jetStream(nats), context);
  await speed(count, 256, (n) => bus.publish(event(n)));
  rows.push(...(await consuming(nats, bus)), ...(await latency(bus)), ...(await storage(bus)));
}
rows.push(...(await inMemory()), { what: 'resident memory at the end', value: process.memoryUsage().rss / 1e6, unit: 'MB' });
printTable('bus', rows);
