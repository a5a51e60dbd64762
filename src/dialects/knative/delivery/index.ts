/**
 * Brings an event to whoever wants it, for Triggers, Subscriptions and the steps of flows: sent as CloudEvents over HTTP, or handed over
 * in this process; sent again as `spec.delivery` says; then given to the dead letter sink, and where there is none, or it fails too, parked
 * with our other dead letters.
 *
 * It is a trigger of a sensor like any other, so that queues, decisions and replays are the sensor's.
 */
import type { CompiledTrigger, RetryPolicy } from '../../../../sensors/compiled.ts';
import type { Event } from '../../../core/event/event.ts';
import { lastWordsOf, withLastWords } from './dead-letter.ts';
import { type Delivering, prepareDelivery, type Reply } from './deliver.ts';
import type { DeliveryPlan } from './plan.ts';
import { attemptLimitOf } from './post.ts';
import type { Resolve } from './target.ts';

export type { Reply } from './deliver.ts';
export { clusterDefault, type DeliveryPlan, type DeliverySpec, effectiveDelivery, planOf } from './plan.ts';
export type { Around, Resolve, Target } from './target.ts';

export interface Delivery {
  /** Of the Trigger or Subscription; its dependency is called the same. */
  readonly name: string;
  readonly namespace: string;
  readonly plan: DeliveryPlan;
  readonly subscriber: Resolve;
  /** Where what is given up goes, sent as often as to the subscriber. */
  readonly deadLetterSink?: Resolve | undefined;
  /** The address of the subscriber as far as it is known, for an event that never came there. */
  readonly subscriberUrl?: string | undefined;
  readonly reply?: Reply | undefined;
  /** `replies: strict`: an answer 2xx whose body is no event counts as 502, as in Knative. */
  readonly strict?: boolean | undefined;
}

/** The trigger that does it. */
export function deliveryTrigger({
  name,
  namespace,
  plan,
  subscriber,
  deadLetterSink,
  subscriberUrl = '',
  reply,
  strict = false,
}: Delivery): CompiledTrigger {
  const delivering = { namespace, plan, reply, strict, resolve: subscriber };
  if (!deadLetterSink) return triggerOf(name, name, delivering, undefined);
  const sink = triggerOf(
    `${name}/deadLetterSink`,
    name,
    { ...delivering, resolve: deadLetterSink, reply: undefined, strict: false },
    undefined,
  );
  return {
    ...triggerOf(name, name, delivering, sink),
    lastWords: (events, error) => {
      const words = lastWordsOf(error, subscriberUrl);
      return new Map([...events].map(([dependency, event]) => [dependency, withLastWords(event, words)]));
    },
  };
}

function triggerOf(name: string, dependency: string, delivering: Delivering, dlq: CompiledTrigger | undefined): CompiledTrigger {
  return {
    name,
    type: 'deliver',
    dependencies: [dependency],
    join: undefined,
    condition: dependency,
    retry: retryOf(delivering.plan),
    spacing: undefined,
    attemptLimit: attemptLimitOf(delivering.plan),
    atLeastOnce: true,
    dlq,
    orderKeyOf: noOrder,
    prepare: (firing, context) => prepareDelivery(delivering, firing, context),
  };
}

/** Brokers promise none. */
const noOrder = (_: Event): undefined => undefined;

/** Each failed attempt says by itself how long the next one waits. */
const retryOf = ({ retries }: DeliveryPlan): RetryPolicy => ({
  backoff: { first: 200, ceiling: 30_000 },
  attempts: retries + 1,
  giveUpAfter: Number.POSITIVE_INFINITY,
});
