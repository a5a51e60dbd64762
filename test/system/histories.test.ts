import { test } from 'vitest';
import { explore } from './explore.ts';
import { firingHistories, sharedHistories } from './firing-histories.ts';

test('every event has its effect or is parked, and effects on one key are in order, whatever fails', async () => {
  await explore(firingHistories(), 900);
}, 600_000);

test('every event of a shared sensor has its effect or is parked, whatever fails', async () => {
  await explore(sharedHistories(), 300);
}, 600_000);
