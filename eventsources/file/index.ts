/**
 * Files of a folder that are made, written, removed or renamed. See `README.md`.
 */
import { join } from 'node:path';
import { EventData } from '../../src/core/event/data.ts';
import { stableId } from '../../src/core/event/stable-id.ts';
import { defineEventSource, type EventSourceContext } from '../event-source.ts';
import { keepConnected } from '../messages/keep-connected.ts';
import type { Change, Looks } from './changes.ts';
import { checkFile } from './check.ts';
import { lookAt } from './look.ts';
import { compileMatch } from './match.ts';
import { payloadOf } from './operations.ts';
import { type FileSpec, fileSpec } from './spec.ts';
import { watchFolder } from './watch.ts';

export const file = defineEventSource({
  type: 'file',
  summary: 'Files of a folder that are made, written, removed or renamed.',
  stability: 'beta',
  spec: fileSpec,
  examples: [
    {
      title: 'Reports that are put into a folder',
      spec: { eventType: 'CREATE', watchPathConfig: { directory: '/var/reports/', pathRegexp: '\\.csv$' } },
    },
    {
      title: 'A list on a network drive that is written',
      spec: { eventType: 'WRITE', watchPathConfig: { directory: '/mnt/lists/', path: 'today.txt' }, polling: true },
    },
  ],
  oneOwner: true,
  check: checkFile,
  async run(spec, context) {
    const { directory } = spec.watchPathConfig;
    const send = sender(spec, context);
    // What is in a folder that was not there when we began is news.
    let before: Looks | undefined = (await lookAt(directory).catch(() => undefined)) === undefined ? new Map() : undefined;
    const changed = async (changes: readonly Change[], after: Looks): Promise<void> => {
      for (const change of changes) await send(change);
      before = after;
    };
    const { clock, signal } = context;
    await keepConnected(context, (listening) => watchFolder(spec.polling, { directory, clock, signal, before, listening, changed }));
  },
});

function sender(spec: FileSpec, { emit, namespace, eventSourceName, eventName }: EventSourceContext): (change: Change) => Promise<void> {
  const isWanted = compileMatch(spec);
  return async ({ operation, name, look }) => {
    const path = join(spec.watchPathConfig.directory, name);
    if (!isWanted(path, operation)) return;
    const fact = [operation, path, `${look.inode}`, `${look.changed}`];
    const id = stableId('file', namespace, eventSourceName, eventName, ...fact);
    await emit(
      { id, orderKey: path, data: EventData.fromText(payloadOf(path, operation, spec.metadata)) },
      { fields: { path, operation } },
    );
  };
}
