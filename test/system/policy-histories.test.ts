import { test } from 'vitest';
import { explore } from './explore.ts';
import { policyHistories } from './policy-histories.ts';

test('spacing is kept, and every event has its effect, its dlq effect or is parked, whatever fails', async () => {
  await explore(policyHistories(), 600);
}, 600_000);
