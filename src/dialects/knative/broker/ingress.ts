/**
 * Where a Broker is called: `/NAMESPACE/NAME` on the one port of all Brokers. It takes CloudEvents in all three modes.
 *
 * 202 says that the bus has stored the event, 503 with `Retry-After` that it could not; an event that was sent again is stored once.
 */
import { z } from 'zod';
import { answerCalls, type Taken } from '../../../../eventsources/called/answer-calls.ts';
import { traceOf } from '../../../../eventsources/called/delivery.ts';
import { defineEventSource } from '../../../../eventsources/event-source.ts';
import { toDraft } from '../../../core/cloudevents/bus-event.ts';
import type { CloudEvent } from '../../../core/cloudevents/cloud-event.ts';
import { problemOf, readCloudEvents } from '../../../core/cloudevents/read.ts';
import type { EventDraft } from '../../../core/event/event.ts';
import { type Call, Refusal } from '../../../core/http/call.ts';
import type { Routes } from '../../../core/http/routes.ts';
import { carried } from '../delivery/passed-headers.ts';
import { entered } from './enter.ts';
import { answeredByMethod } from './methods.ts';

export const brokerIngress = defineEventSource({
  type: 'broker',
  summary: 'CloudEvents that are sent to a Broker.',
  stability: 'beta',
  spec: z.strictObject({
    port: z.int().describe('The port of all Brokers.'),
    path: z.string().describe('The path of this one, `/NAMESPACE/NAME`.'),
  }),
  examples: [{ title: 'A Broker', spec: { port: 8090, path: '/default/default' } }],
  oneOwner: false,
  run({ port, path }, context) {
    const maxPayloadSize = context.bus.maxMessageBytes;
    const called = { port: `${port}`, endpoint: path, method: '', maxPayloadSize };
    const around = { ...context, routes: withSlash(context.routes) };
    return answerCalls(called, around, (call) => take(call, maxPayloadSize, context.clock.now()));
  },
});

/** A slash at the end of the path makes no difference. */
const withSlash = ({ open }: Routes): Routes => ({ open: (route) => open({ ...route, path: `${route.path}{slash:/?}` }) });

async function take(call: Call, limit: number, now: number): Promise<Taken> {
  const answer = answeredByMethod(call.method);
  if (answer) return { events: [], answer };
  const events = eventsIn(call, await call.body(limit));
  const trace = traceOf(call.headers);
  const drafts = events.map((event, index): EventDraft => {
    const inside = entered(event, now);
    if (!inside) throw new Refusal(400, `${nameOf(index, events)} goes in a circle: its knativebrokerttl is used up`);
    return draftOf(inside, call, trace);
  });
  return { events: drafts, answer: { status: 202, text: '' } };
}

/** The event with what goes on to its receivers beside it. */
function draftOf(event: CloudEvent, { headers }: Call, trace: string | undefined): EventDraft {
  const { extensions, ...rest } = event;
  const draft = toDraft({ ...rest, extensions: { ...extensions, ...carried(headers) } });
  return { ...draft, ...(extensions['traceparent'] === undefined && trace ? { traceparent: trace } : {}) };
}

function eventsIn({ headers }: Call, body: Uint8Array): readonly CloudEvent[] {
  const reading = readCloudEvents(headers, body);
  if (reading.kind === 'none') throw new Refusal(400, notAnEvent);
  if (reading.kind === 'unreadable') throw new Refusal(400, `it is no CloudEvent: ${reading.problem}`);
  const { events } = reading;
  for (const [index, event] of events.entries()) {
    const problem = problemOf(event);
    if (problem) throw new Refusal(400, `${nameOf(index, events)} is no CloudEvent: ${problem}`);
  }
  return events;
}

const notAnEvent = 'it is no CloudEvent: it has neither the content type application/cloudevents+json nor a header Ce-Specversion';

const nameOf = (index: number, { length }: readonly CloudEvent[]): string => (length === 1 ? 'it' : `event ${index + 1} of the batch`);
