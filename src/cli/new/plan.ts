import type { Watched } from './watched.ts';

/** What a new rule is to be. */
export interface Plan {
  /** Of the rule and its objects; also the label that an object must bear. */
  readonly name: string;
  readonly namespace: string;
  readonly watched: Watched;
  readonly trigger: 'k8s' | 'log';
}
