import type { StateStore } from '../../eventbus/bus.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { isAlive } from '../../src/core/telemetry/notebook.ts';
import type { CompiledSensor } from '../compiled.ts';
import { type SensorStatus, sensorStatusKey } from './status.ts';

/**
 * Takes a place for the decisions of one of the processes that take a sensor's events together: 1, 2, … (0 is its owner's).
 *
 * Who sits there says so with its status, as anybody does who works a sensor, and a seat where nobody has said so for a while is free: there
 * are never more of them than processes at one time. Rejects with what the bus says.
 */
export async function takeSeat({ namespace, name }: CompiledSensor, store: StateStore, status: () => SensorStatus): Promise<number> {
  for (let seat = 1; ; seat++) {
    const mine = status();
    const key = sensorStatusKey(namespace, name, seat);
    const there = await store.get(key);
    if (there && isAlive(JSON.parse(Buffer.from(there.value).toString('utf8')) as SensorStatus, mine.seenAt)) continue;
    try {
      await store.set(key, Buffer.from(JSON.stringify(mine), 'utf8'), there?.revision ?? 0);
      return seat;
    } catch (thrown) {
      // Somebody else was quicker.
      if (!(thrown instanceof EngineError && thrown.code === 'CONFLICT_STATE')) throw thrown;
    }
  }
}
