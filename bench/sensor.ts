/**
 * A backlog on a real nats-server, and a sensor process that works it off with a filter and the log trigger: beside a callback consumer that only
 * parses and acknowledges. Then 200 log triggers on one dependency, and a join of two events whose state the bus keeps.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { systemClock } from '../src/core/time/clock.ts';
import { startNats } from '../test/support/nats.ts';
import { peakMemoryOf } from '../test/support/process-figures.ts';
import { printTable, type Row } from './measure.ts';
import { dependencyOn, filterOfAll, firingsOf, publish, ruleOf, sensorWords, started } from './sensor-process.ts';

const backlog = 40_000;
const wide = 2_000;
const triggers = 200;
const pairs = 10_000;

export async function sensor(): Promise<Row[]> {
  const folder = mkdtempSync(joinPath(tmpdir(), 'sensorium-bench-'));
  try {
    const one = await workedOff(folder, { rule: logs(1), events: backlog, firings: backlog });
    const silent = await workedOff(folder, { rule: logs(1), events: backlog, firings: backlog, logLevel: 'error' });
    const many = await workedOff(folder, { rule: logs(triggers), events: wide, firings: wide * triggers });
    const manySilent = await workedOff(folder, { rule: logs(triggers), events: wide, firings: wide * triggers, logLevel: 'error' });
    const joined = await workedOff(folder, { rule: join, events: pairs * 2, firings: pairs });
    const keyed = await workedOff(folder, { rule: keyedJoin, events: pairs * 2, firings: pairs });
    const bare = await bareConsumer(backlog);
    return [
      {
        what: `bus → filter → log trigger, backlog of ${backlog.toLocaleString('en-US')}`,
        value: one.rate,
        unit: '/s',
        ceiling: bare,
        of: 'callback consumer, parse and acknowledge',
      },
      { what: 'the same, nothing written (--log-level error)', value: silent.rate, unit: '/s' },
      { what: 'resident memory in it, highest', value: one.memory, unit: 'MB' },
      { what: `bus → filter → ${triggers} log triggers, ${wide} events: firings`, value: many.rate, unit: '/s' },
      { what: 'the same, nothing written (--log-level error)', value: manySilent.rate, unit: '/s' },
      { what: 'resident memory in it, highest', value: many.memory, unit: 'MB' },
      { what: 'bus → join of two events, durable: firings', value: joined.rate, unit: '/s' },
      { what: 'the same, a key for each pair', value: keyed.rate, unit: '/s' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes the durable by starting the sensor once, fills the stream, and times a second start from its first firing to its last. */
async function workedOff(
  folder: string,
  { rule, events, firings, logLevel = 'info' }: { rule: string; events: number; firings: number; logLevel?: string },
): Promise<{ rate: number; memory: number }> {
  await using nats = await startNats();
  const words = sensorWords(folder, { rule, bus: nats.url, logLevel });
  await using first = await started(words);
  await first.program.stop();
  await publish(nats.url, events);

  await using second = await started(words, { output: 'ignore' });
  const fired = () => firingsOf(second.port);
  const began = performance.now();
  const before = await fired();
  let done = before;
  while (done < firings) {
    if (performance.now() - began > 60_000) throw new Error(`only ${done} of ${firings} firings were done in a minute`);
    await systemClock.sleep(50);
    done = await fired();
  }
  return { rate: (done - before) / ((performance.now() - began) / 1000), memory: peakMemoryOf(second.program.pid) };
}

const logs = (count: number): string =>
  ruleOf(
    [dependencyOn('pod', { filters: filterOfAll })],
    Array.from({ length: count }, (_, index) => ({ template: { name: `show-${index}`, log: {} } })),
  );

/** Every other event is for the one, and every other for the other. */
const sides = ['a', 'b'].map((name) => dependencyOn(name, { filters: { data: [{ path: 'side', type: 'string', value: [name] }] } }));
const join = ruleOf(sides, [{ template: { name: 'show', log: {} } }]);
const keyedJoin = ruleOf(sides, [{ template: { name: 'show', log: {}, join: { key: '.pair' } } }]);

/** What the client library does with the same messages when nothing is asked of it. */
async function bareConsumer(count: number): Promise<number> {
  await using nats = await startNats();
  await publish(nats.url, count);
  const connection = await connect({ servers: nats.url });
  await (await jetstreamManager(connection)).consumers.add('default', {
    durable_name: 'bare',
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
  });
  const consumer = await jetstream(connection).consumers.get('default', 'bare');
  const began = performance.now();
  await new Promise<void>((resolve) => {
    let done = 0;
    void consumer.consume({
      max_messages: 1000,
      callback: (message) => {
        message.json();
        message.ack();
        if (++done === count) resolve();
      },
    });
  });
  const took = performance.now() - began;
  await connection.close();
  return count / (took / 1000);
}

if (import.meta.url === `file://${process.argv[1]}`) printTable('sensor', await sensor());
