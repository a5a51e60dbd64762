import type { Kube } from '../../core/kube/kube.ts';
import type { Tell } from '../../core/telemetry/tell.ts';
import type { Clock } from '../../core/time/clock.ts';

/** What is needed to write to an API server until the signal aborts. */
export interface StatusContext {
  readonly kube: Kube;
  readonly clock: Clock;
  readonly tell: Tell;
  readonly signal: AbortSignal;
}
