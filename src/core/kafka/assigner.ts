import type { PartitionAssigner } from 'kafkajs';

/** Which member of the group gets which of `partitions`; members in the order of their ids. */
type Share = (partitions: readonly number[], members: number) => number[][];

/** Runs of equal length. */
export const byRange: Share = (partitions, members) =>
  Array.from({ length: members }, (_, member) => {
    const bound = (at: number): number => Math.floor((at * partitions.length) / members + 0.5);
    return partitions.slice(bound(member), bound(member + 1));
  });

/** One after another, in turn. */
export const byTurns: Share = (partitions, members) =>
  Array.from({ length: members }, (_, member) => partitions.filter((_, at) => at % members === member));

/**
 * Shares partitions out as Argo's client does and under the same name, so that both can be in one group; or takes only one, for who has
 * a group for himself.
 */
export async function assignerFor(strategy: 'range' | 'roundrobin' | { only: number }): Promise<PartitionAssigner> {
  const { default: kafkajs } = await import('kafkajs');
  const { MemberAssignment, MemberMetadata } = kafkajs.AssignerProtocol;
  const name = strategy === 'roundrobin' ? 'roundrobin' : 'range';
  const share = strategy === 'roundrobin' ? byTurns : byRange;
  return ({ cluster }) => ({
    name,
    version: 1,
    async assign({ members, topics }) {
      const ids = members.map(({ memberId }) => memberId).sort();
      const assignments: Record<string, number[]>[] = ids.map(() => ({}));
      for (const topic of topics) {
        const all = cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId);
        const taken = typeof strategy === 'string' ? all.sort((a, b) => a - b) : [strategy.only];
        share(taken, ids.length).forEach((one, at) => {
          assignments[at]![topic] = one;
        });
      }
      return ids.map((memberId, at) => ({
        memberId,
        memberAssignment: MemberAssignment.encode({ version: 1, assignment: assignments[at]!, userData: Buffer.alloc(0) }),
      }));
    },
    protocol: ({ topics }) => ({ name, metadata: MemberMetadata.encode({ version: 1, topics, userData: Buffer.alloc(0) }) }),
  });
}
