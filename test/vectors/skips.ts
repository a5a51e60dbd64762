import type { Case } from './adapter.ts';

export interface Skip {
  /** Decided by the case's input alone. */
  readonly when: (one: Case, part: string) => boolean;
  readonly because: string;
}

/** What cannot run because the product lacks something. Leave a row out as soon as that is built. */
export const skips: readonly Skip[] = [];
