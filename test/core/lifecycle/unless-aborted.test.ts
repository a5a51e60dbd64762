import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { unlessAborted } from '../../../src/core/lifecycle/unless-aborted.ts';

test('much work waits for a signal with one listener, and each piece of it has its own outcome', async () => {
  const { signal, abort } = aborting();
  const never = () => new Promise<string>(() => {});
  const outcomes = Promise.allSettled([
    unlessAborted(Promise.resolve('done'), signal),
    unlessAborted(Promise.reject('failed'), signal),
    unlessAborted(never(), signal),
    unlessAborted(never(), signal),
  ]);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  await new Promise(setImmediate);
  abort('enough');

  expect((await outcomes).map((one) => (one.status === 'fulfilled' ? one.value : one.reason))).toEqual([
    'done',
    'failed',
    'enough',
    'enough',
  ]);
});

test('a signal for which nothing waits any more has no listener', async () => {
  const { signal, abort } = aborting();
  const waiting = [Promise.resolve('done'), new Promise<string>((_, reject) => setImmediate(reject, 'failed'))];
  const outcomes = Promise.allSettled(waiting.map((work) => unlessAborted(work, signal)));
  await waiting[0];
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  await outcomes;
  expect(getEventListeners(signal, 'abort')).toEqual([]);

  const abandoned = unlessAborted(new Promise(() => {}), signal);
  abort('enough');
  await expect(abandoned).rejects.toBe('enough');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('work that begins when the signal has aborted is not waited for', async () => {
  const { signal, abort } = aborting();
  abort('enough');
  await expect(unlessAborted(Promise.resolve('done'), signal)).rejects.toBe('enough');
});

function aborting() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: (reason: string) => controller.abort(reason) };
}
