import type { Ground } from './ground.ts';

/** Something that breaks while numbered events come, after which every number must be accounted for. */
export interface Drill {
  readonly name: string;
  /** What is broken, in a line. */
  readonly what: string;
  /** Events may end as dead letters here: some can never succeed, or there is no room. */
  readonly mayPark?: boolean;
  /** Resolves when all is quiet and the ground's ledger is complete; throws when anything else is not as it must be. */
  run(ground: Ground): Promise<void>;
}
