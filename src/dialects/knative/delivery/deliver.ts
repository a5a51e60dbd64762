import type { Action } from '../../../../sensors/compiled.ts';
import type { Firing, Outcome } from '../../../../sensors/triggers/trigger.ts';
import { fromBusEvent } from '../../../core/cloudevents/bus-event.ts';
import type { CloudEvent } from '../../../core/cloudevents/cloud-event.ts';
import { writeStructured } from '../../../core/cloudevents/write.ts';
import { EngineError } from '../../../core/errors/engine-error.ts';
import { fromUnknown } from '../../../core/errors/from-unknown.ts';
import type { Event } from '../../../core/event/event.ts';
import { parseJson } from '../../../core/json/parse.ts';
import { withoutTtl } from '../broker/ttl.ts';
import { repliesIn } from './judge.ts';
import type { DeliveryPlan } from './plan.ts';
import { post, requestOf, shownRequest } from './post.ts';
import { type Around, type HttpTarget, nameOfUrl, type Resolve, type Target, type TargetHere } from './target.ts';

/**
 * What becomes of an event that a receiver answers: it goes back into the Broker, or on to the next step. Resolves with where, in a few
 * words, when it is safe there. `cause` is the event that was answered, as it is on the bus.
 */
export type Reply = (reply: CloudEvent, cause: Event, around: Around) => Promise<string>;

export interface Delivering {
  readonly namespace: string;
  readonly resolve: Resolve;
  readonly plan: DeliveryPlan;
  /** What is done with replies; undefined where nobody wants them. */
  readonly reply: Reply | undefined;
  /** True where an answer that is no event is a failure. */
  readonly strict: boolean;
}

/** Finds the receiver, and makes the request ready. What fails in here or in `fire` is tried again as the plan says. */
export function prepareDelivery(delivering: Delivering, firing: Firing, around: Around): Action | Promise<Action> {
  const stored = firing.events.values().next().value!;
  const cause = fromBusEvent(stored);
  const event = withoutTtl(cause);
  const action = (target: Target): Action =>
    target.kind === 'here'
      ? actionHere(target, event, cause, delivering, around)
      : actionByHttp(target, event, { ...delivering, stored, firingId: firing.id }, around);
  const target = paced(delivering, around, () => delivering.resolve(around));
  return target instanceof Promise ? target.then(action) : action(target);
}

function actionHere(target: TargetHere, event: CloudEvent, cause: CloudEvent, delivering: Delivering, around: Around): Action {
  const summary = `deliver to ${target.name}`;
  return {
    type: 'deliver',
    summary,
    get rendered() {
      return { to: target.name, event: parseJson(writeStructured(event).body as string) };
    },
    fire: () =>
      paced(delivering, around, async () => {
        const dropped = await target.take(event, around, cause);
        return { summary: `${summary}: ${dropped ?? 'taken'}` };
      }),
  };
}

interface Sending extends Delivering {
  readonly stored: Event;
  readonly firingId: string;
}

function actionByHttp(target: HttpTarget, event: CloudEvent, sending: Sending, around: Around): Action {
  const name = nameOfUrl(target.url);
  const summary = `deliver to ${name}`;
  const request = requestOf(event, sending.stored, sending.plan, sending);
  return {
    type: 'deliver',
    summary,
    get rendered() {
      return shownRequest(target.url.href, request, event);
    },
    fire: () =>
      paced(sending, around, async (): Promise<Outcome> => {
        const { plan, strict, stored, reply } = sending;
        const answer = await post(request, target, plan, around);
        const asked = { request: `POST ${name}`, destination: target.url.href, plan, strict };
        const replies = repliesIn(answer, { ...asked, attempt: around.attempt, now: around.clock.now() });
        const done = `${summary}: ${answer.status}`;
        if (replies.length === 0 || !reply) return { summary: done, detail: { status: answer.status } };
        const went: string[] = [];
        for (const one of replies) went.push(`replied ${one.type} ${one.id}, ${await reply(one, stored, around)}`);
        return { summary: [done, ...went].join('; '), detail: { status: answer.status, replies: replies.map(({ id }) => id) } };
      }),
  };
}

/** An error after which somebody may be there later waits for as long as the plan says, and not as other triggers do. */
function paced<T>({ plan }: Delivering, { attempt }: Around, work: () => T | Promise<T>): T | Promise<T> {
  const fail = (thrown: unknown): never => {
    const error = fromUnknown(thrown);
    if (error.retry !== 'backoff') throw error;
    const { code, fields, hint } = error;
    const retry = { after: plan.waitBefore(attempt - 1) };
    throw new EngineError(code, fields, { cause: error.cause ?? error, retry, ...(hint === undefined ? {} : { hint }) });
  };
  try {
    const done = work();
    return done instanceof Promise ? done.catch(fail) : done;
  } catch (thrown) {
    return fail(thrown);
  }
}
