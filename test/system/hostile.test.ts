/** Programs that mean no good, as rules in one process with a Sensor that means no harm: a quarter of the table; all of it, on a real bus, in test/real/system. */
import { expect, test } from 'vitest';
import { openMemoryBus } from '../../eventbus/memory/index.ts';
import { systemClock } from '../../src/core/time/clock.ts';
import { attacks } from '../support/attacks.ts';
import { atOnce, besiege, odd } from './siege.ts';

const some = attacks.filter((_, index) => index % 4 === 0);

test('hostile rules end with a sentence or a value, and the events of a neighbour flow on', async () => {
  expect(some.length).toBeGreaterThanOrEqual(100);

  const siege = await besiege(some, async (tell) => openMemoryBus({ kind: 'memory' }, { clock: systemClock, tell }));

  expect(odd(siege)).toEqual([]);
  expect(siege.endings.length).toBe(some.length);
  expect(siege.waits.length).toBe(some.length);
  expect(Math.max(...siege.waits)).toBeLessThanOrEqual(4 * atOnce);
  expect(siege.troubles).toEqual([]);
}, 120_000);
