import { retryAfter } from '../../../core/http/retry-after.ts';
import { parsePeriod } from './period.ts';

/** `spec.delivery` of a Trigger, a Broker, a Subscription and others. The dead letter sink is for whoever resolves destinations. */
export interface DeliverySpec {
  readonly retry?: number | undefined;
  readonly backoffPolicy?: string | undefined;
  readonly backoffDelay?: string | undefined;
  readonly timeout?: string | undefined;
  readonly retryAfterMax?: string | undefined;
  readonly format?: string | undefined;
}

/** What Knative's defaults give a Broker that says nothing. */
export const clusterDefault: DeliverySpec = { retry: 10, backoffPolicy: 'exponential', backoffDelay: 'PT0.2S' };

/** Which block counts for a Trigger: its own as a whole, also where it says less than the Broker's. */
export const effectiveDelivery = <Spec extends DeliverySpec>(broker: Spec | undefined, trigger: Spec | undefined): Spec | DeliverySpec =>
  trigger ?? broker ?? clusterDefault;

/** How often and how an event is sent. Times are in milliseconds. */
export interface DeliveryPlan {
  /** Times that it is sent again. */
  readonly retries: number;
  /** How long an answer is waited for; undefined where the author does not say. */
  readonly timeout: number | undefined;
  readonly format: 'binary' | 'json' | undefined;
  /** The longest wait that a receiver may ask for; undefined where nobody asked whether it may. */
  readonly retryAfterMax: number | undefined;
  /** How long is waited before a retry; they count from 0. */
  waitBefore(retry: number): number;
}

/**
 * What a block means. What is wrong in it is for `checkDelivery` to say; here it counts as not said.
 *
 * There is a wait only where both policy and delay are given. The first retry of `linear` comes at once, that of `exponential` after one
 * delay.
 */
export function planOf({ retry = 0, backoffPolicy, backoffDelay, timeout, retryAfterMax, format }: DeliverySpec): DeliveryPlan {
  const delay = (backoffDelay !== undefined && parsePeriod(backoffDelay)) || 0;
  const longest = retryAfterMax === undefined ? undefined : parsePeriod(retryAfterMax);
  return {
    retries: Math.max(0, retry),
    timeout: (timeout !== undefined && parsePeriod(timeout)) || undefined,
    format: format === 'binary' || format === 'json' ? format : undefined,
    retryAfterMax: longest,
    waitBefore(number) {
      if (backoffPolicy === 'linear') return Math.min(longestWait, delay * number);
      return backoffPolicy === 'exponential' ? Math.min(longestWait, delay * 2 ** number) : 0;
    },
  };
}

/** A day: no timer waits for longer. */
const longestWait = 86_400_000;

/** Statuses after which an event is sent again. */
export const isRetried = (status: number): boolean => [404, 408, 409, 429].includes(status) || status >= 500;

/** How long is waited after an answer: as the plan says, or longer if the receiver asks for it and may. */
export function waitAfterAnswer(plan: DeliveryPlan, retry: number, status: number, header: string | undefined, now: number): number {
  const planned = plan.waitBefore(retry);
  if (!plan.retryAfterMax || (status !== 429 && status !== 503)) return planned;
  return Math.max(planned, retryAfter(header, now, Math.min(longestWait, plan.retryAfterMax)) ?? 0);
}
