import { test } from 'vitest';
import { explore } from './explore.ts';
import { joinHistories } from './join-histories.ts';

test('for one order of arrival, crashes and lost answers never change what joins fire', async () => {
  await explore(joinHistories(), 500);
}, 600_000);
