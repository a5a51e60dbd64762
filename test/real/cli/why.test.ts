import { afterEach, expect, test } from 'vitest';
import { runSensor } from '../../../sensors/runner.ts';
import { listLetters, type ReplayFlags, replayLetters } from '../../../src/cli/commands/dead-letters.ts';
import { joins } from '../../../src/cli/commands/joins.ts';
import { send } from '../../../src/cli/commands/send.ts';
import { tail } from '../../../src/cli/commands/tail.ts';
import { why } from '../../../src/cli/commands/why.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { buildSensor, buildTrigger, noKube } from '../../support/build-sensor.ts';
import { compiledSensor } from '../../support/compile-sensor.ts';
import { eventually } from '../../support/eventually.ts';
import { startNats } from '../../support/nats.ts';
import { openJetStream } from '../../support/open-bus.ts';

const ends: (() => PromiseLike<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A server, a sensor that works on it, and commands that know nothing but the server's address. */
async function setUp(sensor: Parameters<typeof runSensor>[0]) {
  const nats = await startNats();
  ends.push(() => nats[Symbol.asyncDispose]());
  const bus = await openJetStream(nats);
  ends.push(() => bus[Symbol.asyncDispose]());
  const controller = new AbortController();
  let ended = Promise.resolve();
  await new Promise<void>((onReady) => {
    const { signal } = controller;
    ended = runSensor(sensor, { bus, kube: noKube, clock: systemClock, tell: bus.told.tell, signal, decisions: 10, onReady });
  });
  ends.push(async () => {
    controller.abort();
    await ended;
  });
  const flags = { bus: nats.url, eventFormat: 'binary', output: 'text' } as const;
  const lines: string[] = [];
  const output = { write: (line: string) => void lines.push(line), warn: (line: string) => void lines.push(line) };
  /** What a command says, and how long it took. */
  const said = async (command: () => Promise<number>) => {
    lines.length = 0;
    const began = performance.now();
    await command();
    return { text: lines.join('\n'), took: performance.now() - began };
  };
  return { bus, flags, output, said };
}

test('an event that is sent, given up, explained, and tried again, by commands that know only the server', async () => {
  let isBroken = true;
  const trigger = buildTrigger('go', () => {
    if (isBroken) throw new EngineError('REMOTE_HTTP', { request: 'POST x', status: 422, text: '' });
    return { summary: 'went' };
  });
  const { bus, flags, output, said } = await setUp(buildSensor([trigger]));

  const sent = await said(() => send({ ...flags, source: 'es', event: 'things', id: 'e1', contentType: 'application/json' }, output));
  await bus.told.seen('firingParked');
  const asked = await eventually(async () => {
    const one = await said(() => why('sn', [], { ...flags, last: 10, verbose: false }, output));
    return one.text.includes('given up') ? one : undefined;
  });
  const listed = await said(() => listLetters(flags, output));
  isBroken = false;
  const replay: ReplayFlags = { ...flags, all: true, dryRun: false, force: false, rules: [] };
  const replayed = await said(() => replayLetters([], replay, output));
  await bus.told.seen('triggerFired');
  const tailed = await said(() => tail(undefined, [], { ...flags, last: 5, count: 1 }, output));

  expect(sent.text).toBe('event e1 of es/things is on the bus, as number 1\nsensorium why playground/sn --event e1');
  expect(asked.text).toContain('  trigger go  given up: POST x: the answer was 422  REMOTE_HTTP');
  expect(listed.text).toContain('playground/sn, trigger go');
  expect(replayed.text).toBe('1 put back to be tried again');
  expect(tailed.text).toContain('es/things  e1');
  await eventually(async () => (await said(() => listLetters(flags, output))).text === 'there is no dead letter');
});

test('what waits for others is shown', async () => {
  const { compiled } = compiledSensor({
    dependencies: [
      { name: 'a', eventSourceName: 'es', eventName: 'one' },
      { name: 'b', eventSourceName: 'es', eventName: 'two' },
    ],
    triggers: [{ template: { name: 'both', conditions: 'a && b', log: {} } }],
  });
  const { bus, flags, output, said } = await setUp(compiled!);

  await send({ ...flags, source: 'es', event: 'one', id: 'e1', contentType: 'application/json' }, output);
  await bus.told.seen('eventHeld');

  await eventually(async () =>
    /^playground\/sn, trigger both {2}waits for b\n {2}has a: event e1, since /.test((await said(() => joins('sn', flags, output))).text),
  );
});
