import { test } from 'vitest';
import { explore } from './explore.ts';
import { firingHistories } from './firing-histories.ts';

test('every event has its effect or is parked, and effects on one key are in order, whatever fails', async () => {
  await explore(firingHistories(), 900);
}, 600_000);
