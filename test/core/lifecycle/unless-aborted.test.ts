import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { createUnlessAborted } from '../../../src/core/lifecycle/unless-aborted.ts';

test('much work waits for a signal with one listener, and each piece of it has its own outcome', async () => {
  const unlessAborted = createUnlessAborted();
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

test('work that begins when the signal has aborted is not waited for', async () => {
  const unlessAborted = createUnlessAborted();
  const { signal, abort } = aborting();
  abort('enough');
  await expect(unlessAborted(Promise.resolve('done'), signal)).rejects.toBe('enough');
});

function aborting() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: (reason: string) => controller.abort(reason) };
}
