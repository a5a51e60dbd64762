import { once } from 'node:events';
import { expect, test } from 'vitest';
import { spawnGroup } from '../../../src/core/lifecycle/spawn-group.ts';

test('with a program ends what it has started, and so its output', async () => {
  const stop = new AbortController();
  const child = spawnGroup('sh', ['-c', '(echo started; exec sleep 600) & wait'], stop.signal);
  child.on('error', () => {});
  const closed = new Promise((resolve) => child.once('close', (_, killedBy) => resolve(killedBy)));
  await once(child.stdout, 'data');

  stop.abort();

  expect(await closed).toBe('SIGKILL');
});
