import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lookAt } from '../../../eventsources/file/look.ts';

test('a file that is renamed between being listed and being looked at is found under its new name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sensorium-look-'));
  const others = Array.from({ length: 20 }, (_, index) => `other-${index}`);
  for (const name of ['from', ...others]) await writeFile(join(folder, name), '');

  const found = new Set<number | undefined>();
  for (let round = 0; round < 200; round++) {
    const [from, to] = round % 2 === 0 ? ['from', 'to'] : ['to', 'from'];
    const [looks] = await Promise.all([lookAt(folder), rename(join(folder, from!), join(folder, to!))]);
    found.add(looks?.size);
  }

  expect([...found]).toEqual([others.length + 1]);
  await rm(folder, { recursive: true });
});
