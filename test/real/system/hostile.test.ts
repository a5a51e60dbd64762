/** The whole table of programs that mean no good, on a real bus: what they say must fit into it, too. */
import { expect, test } from 'vitest';
import { openBus } from '../../../eventbus/open.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { attacks } from '../../support/attacks.ts';
import { jetStream } from '../../support/jetstream.ts';
import { startNats } from '../../support/nats.ts';
import { atOnce, besiege, odd } from '../../system/siege.ts';

test('hostile rules end with a sentence or a value, and the events of a neighbour flow on', async () => {
  expect(attacks.length).toBeGreaterThanOrEqual(400);
  await using nats = await startNats();

  const siege = await besiege(attacks, (tell) => openBus(jetStream(nats), { tell, clock: systemClock }));

  expect(odd(siege)).toEqual([]);
  expect(siege.endings.length).toBe(attacks.length);
  expect(siege.waits.length).toBe(attacks.length);
  expect(Math.max(...siege.waits)).toBeLessThanOrEqual(4 * atOnce);
  expect(siege.troubles).toEqual([]);
}, 300_000);
