/** Programs that mean no good, as rules in one process with a Sensor that means no harm: a third of the table; all of it, on a real bus, in test/real/system. */
import { expect, test } from 'vitest';
import { openMemoryBus } from '../../eventbus/memory/index.ts';
import { systemClock } from '../../src/core/time/clock.ts';
import { attacks } from '../support/attacks.ts';
import { atOnce, besiege } from './siege.ts';

const some = attacks.filter((_, index) => index % 3 === 0);

test('hostile rules end with a sentence or a value, and the events of a neighbour flow on', async () => {
  expect(some.length).toBeGreaterThanOrEqual(100);

  const { endings, waits, troubles } = await besiege(some, async (tell) => openMemoryBus({ kind: 'memory' }, { clock: systemClock, tell }));

  const odd = endings.filter(
    ({ end }) => !/^(fired|filtered|published|refused EVENT_TOO_LARGE|(refused CONFIG|set aside EVENT)_[A-Z_]+)$/.test(end),
  );
  expect(odd.map(({ attack, end }) => `${attack.language}: ${attack.name}: ${end}`)).toEqual([]);
  expect(endings.length).toBe(some.length);
  expect(waits.length).toBe(some.length);
  expect(Math.max(...waits)).toBeLessThanOrEqual(atOnce);
  expect(troubles).toEqual([]);
}, 60_000);
