import { appendFile, chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { runEventSource } from '../../../eventsources/runner.ts';
import { TestClock } from '../../support/clock.ts';
import { eventSourceOf } from '../../support/event-source.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { record } from '../../support/record.ts';

const types = ['CREATE', 'WRITE', 'REMOVE', 'RENAME', 'CHMOD'];

/** Listens for every operation in a folder; `seen` waits until so many events are there. */
async function listening(polling: boolean, folder = '') {
  const root = await mkdtemp(join(tmpdir(), 'sensorium-file-'));
  const directory = join(root, folder);
  if (folder === '') await writeFile(join(directory, 'old.txt'), 'was there before');
  const clock = new TestClock();
  const heard = record();
  const bus = openMemoryBus({ kind: 'memory' }, { clock, tell: heard.tell });
  const entries = types.map((eventType) => [eventType, { eventType, polling, watchPathConfig: { directory, pathRegexp: 'txt$' } }]);
  const source = eventSourceOf({ file: Object.fromEntries(entries) });
  const stop = new AbortController();
  let isReady = false;
  const onReady = (ready: boolean) => {
    isReady = ready;
  };
  const ended = runEventSource(source, { bus, kube: memoryKube(), clock, tell: heard.tell, signal: stop.signal, onReady });
  const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
    for (const end = performance.now() + 10_000; performance.now() < end; await clock.turn(100)) if (await holds()) return;
  };
  const events = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const type of types)
      for await (const { event } of bus.replay({ source: 'es', subject: type }, 0, stop.signal)) found.push(event.data!.text);
    return found.map((text) => text.replace(directory, '')).sort();
  };
  await until(() => isReady || folder !== '');
  return {
    directory,
    heard,
    until,
    ready: () => until(() => isReady),
    away: () => until(() => !isReady),
    async seen(count: number) {
      await until(async () => (await events()).length >= count);
      return events();
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await ended;
      await rm(root, { recursive: true });
    },
  };
}

const event = (name: string, op: number) => `{"name":"/${name}","op":${op},"metadata":null}`;

test.each([
  ['told by the system', false],
  ['found by polling', true],
])('a file that is made, written, given other rights, renamed and removed has an event for each, %s', async (_, polling) => {
  await using folder = await listening(polling);
  const { directory, seen } = folder;
  const expected: string[] = [];
  const after = async (...more: string[]) => {
    expected.push(...more);
    expect(await seen(expected.length)).toEqual([...expected].sort());
  };

  await writeFile(join(directory, 'a.txt'), '');
  await after(event('a.txt', 1));
  await appendFile(join(directory, 'a.txt'), 'more');
  await after(event('a.txt', 2));
  await chmod(join(directory, 'a.txt'), 0o600);
  await after(event('a.txt', 16));
  await rename(join(directory, 'a.txt'), join(directory, 'b.txt'));
  await after(...(polling ? [event('b.txt', 8)] : [event('a.txt', 8), event('b.txt', 1)]));
  await rm(join(directory, 'b.txt'));
  await after(event('b.txt', 4));
});

test.each([
  ['told by the system', false],
  ['found by polling', true],
])('a folder that is not there yet is waited for, and so is one that is gone; what it then holds is news, %s', async (_, polling) => {
  await using folder = await listening(polling, 'later');
  const { directory, heard, seen, ready, away, until } = folder;
  await until(() => heard.of('senderAway').length > 0);
  expect((heard.of('senderAway')[0]!['error'] as Error).message).toBe(`the folder ${directory} cannot be reached: there is no such folder`);

  await mkdir(directory);
  await writeFile(join(directory, 'first.txt'), '');
  expect(await seen(1)).toEqual([event('first.txt', 1)]);
  await ready();

  await rm(directory, { recursive: true });
  expect(await seen(2)).toEqual([event('first.txt', 1), event('first.txt', 4)]);
  await away();

  await mkdir(directory);
  await writeFile(join(directory, 'second.txt'), '');
  expect(await seen(3)).toEqual([event('first.txt', 1), event('first.txt', 4), event('second.txt', 1)]);
});

test.each([
  ['told by the system', false],
  ['found by polling', true],
])('another folder under the same name is told, compared with the one before, and watched from then on, %s', async (_, polling) => {
  await using folder = await listening(polling);
  const { directory, heard, seen, ready } = folder;
  await mkdir(`${directory}.new`);
  await writeFile(join(`${directory}.new`, 'new.txt'), '');
  await rename(directory, `${directory}.old`);
  await rename(`${directory}.new`, directory);

  expect(await seen(2)).toEqual([event('new.txt', 1), event('old.txt', 4)]);
  await heard.seen('senderAway', ({ error }) => `${error}`.endsWith('another folder has taken its place'));
  await ready();
  await writeFile(join(directory, 'later.txt'), '');
  expect(await seen(3)).toEqual([event('later.txt', 1), event('new.txt', 1), event('old.txt', 4)]);
  await rm(`${directory}.old`, { recursive: true });
});
