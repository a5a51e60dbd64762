import type { Case } from '../adapter.ts';
import type { Difference } from '../differences.ts';

/** Names on the bus. */
export const busDifferences: readonly Difference[] = [
  {
    parts: ['argo/jetstream-names'],
    when: () => true,
    expected: ({ input, sensor = input }: Case) => ({
      fnv32a: undefined,
      kvKeys: undefined,
      durable: `sensorium-${sensor}`,
      ...(input === undefined ? { kvBucket: `sensorium-${sensor}`, kvStream: `KV_sensorium-${sensor}` } : {}),
    }),
    because:
      'B7: one durable a sensor, not one a trigger and dependency; state and durables are ours, so that both may run beside each other',
  },
];
