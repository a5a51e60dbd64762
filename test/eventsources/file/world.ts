import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isObject } from '../../../src/core/json/json.ts';
import type { World } from '../../contracts/event-source.ts';
import { eventSourceOf } from '../../support/event-source.ts';

/** Files that are made in a folder, and others that are none of its concern. */
export async function fileWorld(): Promise<World> {
  const directory = await mkdtemp(join(tmpdir(), 'sensorium-file-'));
  const source = eventSourceOf({
    file: { made: { eventType: 'CREATE', watchPathConfig: { directory, pathRegexp: '^made-' }, polling: true } },
  });
  let count = 0;
  return {
    source,
    remembers: false,
    async happen() {
      const name = `made-${count++}`;
      await writeFile(join(directory, name), 'x');
      if (count % 3 === 0) await writeFile(join(directory, 'other'), name);
      return { subject: name, fact: `${name} is there` };
    },
    read({ data }) {
      const name = isObject(data!.json) ? `${data!.json['name']}`.slice(directory.length + 1) : '';
      return { subject: name, fact: `${name} is there` };
    },
    hang() {},
    close: () => rm(directory, { recursive: true }),
  };
}
