import { expect, test } from 'vitest';
import { openMemoryBus } from '../../eventbus/memory/index.ts';
import { type Job, Jobs } from '../../src/cli/jobs.ts';
import { createTell } from '../../src/core/telemetry/tell.ts';
import { systemClock } from '../../src/core/time/clock.ts';
import type { Rule } from '../../src/manifests/rule.ts';
import { eventually } from '../support/eventually.ts';

const rule = { group: 'argoproj.io', kind: 'Sensor', metadata: { name: 'hears', namespace: 'shop' } } as Rule;

test('what is being replaced is still there, and not ready', async () => {
  const context = { clock: systemClock, tell: createTell() };
  await using jobs = new Jobs({ ...context, openBus: async () => openMemoryBus({ kind: 'memory' }, context) });
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const job = (drained: Promise<void>): Job => ({
    namespace: 'shop',
    busName: 'default',
    rules: [rule],
    tell: context.tell,
    async run({ signal, onReady }) {
      onReady();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await drained;
    },
  });
  await jobs.set('Sensor', job(finished));
  await eventually(() => jobs.missing().length === 0);

  const replaced = jobs.set('Sensor', job(Promise.resolve()));
  await eventually(() => jobs.missing().length === 1);

  expect(jobs.all().map(({ rules }) => rules)).toEqual([[rule]]);
  finish();
  await replaced;
  await eventually(() => jobs.missing().length === 0);
  await jobs.remove('Sensor');
  expect(jobs.all()).toEqual([]);
});
