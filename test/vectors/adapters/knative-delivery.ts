import type { Firing } from '../../../sensors/triggers/trigger.ts';
import { attributesOf } from '../../../src/core/cloudevents/attributes.ts';
import { toBusEvent } from '../../../src/core/cloudevents/bus-event.ts';
import type { CloudEvent } from '../../../src/core/cloudevents/cloud-event.ts';
import type { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { JsonObject } from '../../../src/core/json/json.ts';
import { Clients } from '../../../src/core/lifecycle/clients.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { asReplyTo } from '../../../src/dialects/knative/broker/replies.ts';
import { loweredTtl } from '../../../src/dialects/knative/broker/ttl.ts';
import { checkDelivery } from '../../../src/dialects/knative/delivery/check.ts';
import { lastWordsOf } from '../../../src/dialects/knative/delivery/dead-letter.ts';
import { deliveryTrigger, effectiveDelivery, planOf } from '../../../src/dialects/knative/delivery/index.ts';
import { repliesIn } from '../../../src/dialects/knative/delivery/judge.ts';
import { passedHeaders } from '../../../src/dialects/knative/delivery/passed-headers.ts';
import { parsePeriod } from '../../../src/dialects/knative/delivery/period.ts';
import { type DeliverySpec, isRetried, waitAfterAnswer } from '../../../src/dialects/knative/delivery/plan.ts';
import { compileFilter } from '../../../src/dialects/knative/filters/index.ts';
import { checkDelivery as checkWhole } from '../../../src/dialects/knative/kinds/check-delivery.ts';
import { startBroker } from '../../dialects/knative/broker-world.ts';
import { noKube } from '../../support/build-sensor.ts';
import { startReceiver } from '../../support/receiver.ts';
import { record } from '../../support/record.ts';
import type { Adapter, Answer, Case } from '../adapter.ts';
import { caseOf, eventOf } from './cloudevents.ts';

export const delivery: Adapter = {
  compare: { wantError: 'failed' },
  run({ delivery, duration, status, retryAfterHeader, attempt, validate }): Answer {
    if (validate) return { wantError: checkWhole(validate, [], 'a Trigger')[0]?.message ?? null };
    if (duration !== undefined) {
      const wantMs = parsePeriod(duration);
      return { wantMs, wantError: wantMs === undefined ? 'no duration' : null };
    }
    if (retryAfterHeader !== undefined)
      return { wantWaitMs: waitAfterAnswer(planOf(delivery), attempt, status, retryAfterHeader, Date.now()) };
    // Go says -1 where nobody has answered, which is always tried again: see `paced`.
    if (status !== undefined) return { wantRetry: status === -1 || isRetried(status) };
    return planAnswer(delivery);
  },
};

function planAnswer(spec: DeliverySpec): Answer {
  const { retries, timeout = 0, retryAfterMax, waitBefore } = planOf(spec);
  const used = spec.backoffPolicy === undefined ? { ...spec, backoffDelay: undefined } : spec;
  return {
    wantError: checkDelivery(used, [])[0]?.message ?? null,
    want: {
      backoffMsByAttempt: [0, 1, 2, 3, 4, 5].map(waitBefore),
      requestTimeoutMs: timeout,
      retryMax: retries,
      ...(retryAfterMax === undefined ? {} : { retryAfterMaxMs: retryAfterMax }),
    },
  };
}

export const deadLetter: Adapter = {
  run({ specs, destination, failedStatus, failedBody }): Answer {
    if (specs) {
      const { retry = null, backoffPolicy = null, deadLetterSink } = effectiveDelivery(specs.broker, specs.trigger) as DeliverySpec & Case;
      return { wantEffective: { retry, backoffPolicy, deadLetterSink: deadLetterSink?.uri ?? null } };
    }
    const bytes = Buffer.from(failedBody);
    const answer = {
      url: new URL(destination),
      status: failedStatus,
      header: () => undefined,
      headers: () => ({}),
      bytes,
      text: failedBody,
    };
    const asked = { request: 'POST', destination, plan: planOf({}), attempt: 1, now: 0, strict: false };
    try {
      repliesIn(answer, asked);
    } catch (thrown) {
      return { wantExtensions: { ...lastWordsOf(thrown as EngineError, destination) } };
    }
    return {};
  },
};

export const passThroughHeaders: Adapter = { run: ({ headers }) => ({ want: passedHeaders(headers) }) };

export const brokerTtl: Adapter = {
  run({ event, defaultTTL }) {
    const wantTTL = loweredTtl(eventOf(event), defaultTTL);
    return { wantTTL, wantAccepted: wantTTL > 0 };
  },
};

/** A real call of a real port. */
export const brokerIngress: Adapter = {
  async run({ method, path, body, headers = {} }) {
    await using broker = await startBroker([], { paths: ['/ns/name', '/ns/unready'] });
    broker.loseBus(path === '/ns/unready');
    const sent = new Headers({ 'Content-Type': 'application/cloudevents+json' });
    for (const [name, value] of Object.entries(headers as Record<string, string>)) sent.set(name, value);
    const answer = await fetch(`${broker.url}${path}`, {
      method,
      headers: sent,
      ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
    });
    return { wantStatus: answer.status };
  },
};

/** The subscriber is a server of the test; the delivery is called as a sensor calls it. */
export const triggerDelivery: Adapter = {
  async run({ triggerSpec, event: given, subscriberAnswers }) {
    const event = toBusEvent(eventOf(given), { source: 'Broker:b', subject: 'event' }, 0);
    const { value } = compileFilter(triggerSpec, []);

    if (value.filter(attributesOf(eventOf(given)))) return { wantDispatched: false, wantStatus: 200, wantReply: null };
    await using receiver = await startReceiver((_, response) =>
      response.writeHead(subscriberAnswers.status, subscriberAnswers.headers).end(subscriberAnswers.body),
    );
    const replies: CloudEvent[] = [];
    const trigger = deliveryTrigger({
      name: 't',
      namespace: 'ns',
      plan: planOf({}),
      subscriber: () => ({ kind: 'http', url: new URL(receiver.url) }),
      async reply(reply) {
        replies.push(reply);
        return 'kept';
      },
    });
    const firing: Firing = { id: 'f', sensor: 's', namespace: 'ns', trigger: 't', orderKey: undefined, events: new Map([['t', event]]) };
    await using clients = new Clients();
    const around = { attempt: 1, signal: new AbortController().signal, clock: systemClock, kube: noKube, tell: record().tell, clients };
    const action = await trigger.prepare(firing, around);
    const status = await (async () => action.fire())().then(
      ({ detail }) => (detail as JsonObject)['status'],
      (thrown) => (thrown as EngineError).fields['code'],
    );
    const [sent] = receiver.received;
    return {
      wantDispatched: sent !== undefined && sent.headers['Prefer'] === 'reply' && sent.headers['Ce-Knativebrokerttl'] === undefined,
      wantStatus: status,
      wantReply: replies[0] ? caseOf(asReplyTo(eventOf(given), replies[0])) : null,
    };
  },
};
