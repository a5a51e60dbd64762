import type { Case } from '../adapter.ts';
import type { Difference } from '../differences.ts';

/** Names on the bus. */
export const busDifferences: readonly Difference[] = [
  {
    parts: ['argo/jetstream-names'],
    when: ({ input }: Case) => input === undefined,
    expected: ({ trigger, dependency }: Case) => ({
      kvKeys: { heldEvent: `${trigger}/${dependency}`, expression: `${trigger}/Expression` },
    }),
    because:
      "B7: our state has a bucket of its own; of Argo's, which a takeover reads, what is held and under which conditions is all that counts",
  },
];
