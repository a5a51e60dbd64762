import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { type Door, openDoor } from '../../../src/cli/decisions/door.ts';
import { busesThroughDoor } from '../../../src/cli/decisions/through-door.ts';
import { EventData } from '../../../src/core/event/data.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { buildEvent } from '../../support/build-event.ts';
import { eventually } from '../../support/eventually.ts';
import { record } from '../../support/record.ts';

let folder: string;
let file: string;
let door: Door;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sensorium-door-'));
  file = join(folder, '.sensorium', 'bus.json');
  door = await openDoor(file);
});
afterEach(async () => {
  await door[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const bus = openMemoryBus({ kind: 'memory' }, { clock: systemClock, tell: record().tell });

async function reached() {
  await door.watch(async (_namespace: string, _name: string) => bus)('shop', 'default');
  return (await busesThroughDoor(file))![0]!;
}

test('only this user can read where it is, and it is gone at the end', async () => {
  expect(statSync(file).mode & 0o777).toBe(0o600);

  await door[Symbol.asyncDispose]();

  expect(await busesThroughDoor(file)).toBeUndefined();
});

test('events, bytes and answers go through as they are', async () => {
  const far = await reached();
  const event = buildEvent({ id: 'ü', extensions: { partitionkey: 'k' }, data: EventData.fromBytes(Uint8Array.of(0, 255, 13)) });

  expect(await far.publish(event)).toEqual({ sequence: 1, duplicate: false });
  expect(await far.lastSequence()).toBe(1);
  for await (const { event: seen, sequence } of far.replay(undefined, 0, new AbortController().signal))
    expect([sequence, { ...seen, data: [...seen.data!.bytes] }]).toEqual([1, { ...event, data: [0, 255, 13] }]);
});

test('more events than one answer holds come in order', async () => {
  const far = await reached();
  const last = await bus.lastSequence();
  for (let n = 0; n < 1_100; n++) await bus.publish(buildEvent({ id: `many-${n}` }));

  const ids: string[] = [];
  for await (const { event } of far.replay({ source: 'git', subject: 'push' }, last, new AbortController().signal)) ids.push(event.id);
  expect(ids).toEqual(Array.from({ length: 1_100 }, (_, n) => `many-${n}`));
});

test('state, queues, dead letters and nudges are those of the bus', async () => {
  const far = await reached();
  const state = await far.state('s');
  const revision = await state.set('a/b', Buffer.from('v'), 0);
  const queue = await far.queue('q');
  const { sequence } = await queue.put(Buffer.from('body'), { id: 'i', key: 'k' });
  await (await bus.parked()).put(Buffer.from('dead'), { id: 'd' });
  let nudged = 0;
  bus.onNudge('q', () => nudged++, new AbortController().signal);

  await far.nudge('q');

  await expect(state.set('a/b', Buffer.from('w'), 0)).rejects.toMatchObject({ code: 'CONFLICT_STATE' });
  const { storedAt } = (await (await bus.state('s')).get('a/b'))!;
  expect(await state.get('a/b')).toEqual({ key: 'a/b', value: Buffer.from('v'), revision, storedAt });
  await state.purge('a/b', revision - 1);
  expect((await state.get('a/b'))!.revision).toBe(revision);
  await state.purge('a/b', revision);
  expect(await state.get('a/b')).toBeUndefined();
  expect(await state.get('none')).toBeUndefined();
  expect(Buffer.from((await queue.read(sequence))!).toString()).toBe('body');
  for await (const entry of (await far.parked()).entries()) expect(entry.id).toBe('d');
  await queue.remove(sequence);
  expect(await queue.read(sequence)).toBeUndefined();
  await eventually(() => nudged === 1);
});

test('who does not have the token gets nothing', async () => {
  const address = JSON.parse(readFileSync(file, 'utf8')) as { url: string; token: string };

  for (const authorization of ['', 'Bearer wrong', `Bearer ${address.token}x`])
    expect((await fetch(address.url, { method: 'POST', body: '{"name":"buses"}', headers: { authorization } })).status).toBe(401);
});

test('a process that was killed has left its file behind: that is told', async () => {
  writeFileSync(file, '{"url":"http://127.0.0.1:9/bus","token":"x","pid":1}');

  await expect(busesThroughDoor(file)).rejects.toMatchObject({ code: 'UNREACHABLE_PROCESS' });
});
