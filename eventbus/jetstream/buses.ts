import type { JetStreamConfig } from '../config.ts';
import { busNamesOf } from '../names.ts';
import type { BusContext } from '../open.ts';
import { ask } from './api.ts';
import { openConnection } from './connection.ts';

/** See `buses.ts` of the bus. */
export async function jetStreamBuses(config: JetStreamConfig, context: BusContext): Promise<JetStreamConfig[]> {
  const connection = await openConnection(config, context);
  try {
    const buses: JetStreamConfig[] = [];
    for (let offset = 0, total = 1; offset < total; ) {
      const page = await ask<{ total: number; streams: string[] | null }>(connection, 'STREAM.NAMES', { offset });
      const streams = page.streams ?? [];
      for (const names of streams.map(busNamesOf)) if (names) buses.push({ ...config, names });
      total = streams.length === 0 ? 0 : page.total;
      offset += streams.length;
    }
    return buses;
  } finally {
    await connection.close();
  }
}
