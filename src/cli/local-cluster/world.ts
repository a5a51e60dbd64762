import type { KubeObject } from '../../core/kube/kube.ts';
import type { Clock } from '../../core/time/clock.ts';
import type { Registry } from './registry.ts';
import type { Cause } from './status.ts';
import type { Store } from './store.ts';

/** What every verb works on. */
export interface World {
  readonly store: Store;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly admit: Admit;
}

export type Operation = 'CREATE' | 'UPDATE';

/**
 * Has the last word on a write, after defaults and the schema's checks and before anything is stored. It may answer with a changed object.
 * A "no" reaches the client as 422 with these causes; warnings as headers, which kubectl prints.
 */
export type Admit = (object: KubeObject, operation: Operation) => Promise<Admission>;

type Admission =
  | { readonly allowed: true; readonly object?: KubeObject; readonly warnings?: readonly string[] }
  | { readonly allowed: false; readonly message: string; readonly causes?: readonly Cause[] };

/** A moment in the API's form: UTC, whole seconds. */
export function timestamp(clock: Clock): string {
  return `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;
}
