/**
 * An EventListener as an event source: one port, on which every path and method is an event. A caller is told that an event is accepted
 * when the bus has stored it; what becomes of it is known later, and told to who asks with `?wait=10s`.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { answerCalls, type Taken } from '../../../../eventsources/called/answer-calls.ts';
import { deliveryId, traceOf } from '../../../../eventsources/called/delivery.ts';
import { defineEventSource, type EventSourceContext } from '../../../../eventsources/event-source.ts';
import type { KeySelector } from '../../../core/access/selectors.ts';
import { cleanPath } from '../../../core/go/path.ts';
import { pathEscape } from '../../../core/go/url/escape.ts';
import { type Answer, type Call, Refusal } from '../../../core/http/call.ts';
import { Clients } from '../../../core/lifecycle/clients.ts';
import { parseDuration } from '../../../core/time/duration.ts';
import type { DialectWorld } from '../../dialect.ts';
import { callData } from '../../listener-call.ts';
import { statusEvent, type Teller, tellQuietly } from '../status-events/index.ts';
import { accepted, type ListenerNames, refused } from './answers.ts';
import { objectProblem } from './go-json.ts';
import { textOf } from './on-bus.ts';

/** What an EventListener listens with. */
export interface ListenerSettings extends ListenerNames {
  readonly port: number;
  readonly tls?: { readonly cert: KeySelector; readonly key: KeySelector } | undefined;
  /** False where bodies other than JSON objects are taken too. */
  readonly validates: boolean;
}

/** Milliseconds that a caller may wait for outcomes. */
const longestWait = 60_000;

/** Any path. */
const endpoint = '/{path:(?s:.*)}';

/** `teller` is told of calls that are refused. */
export const eventListener = (world: ListenerWorld, teller?: Teller) =>
  defineEventSource({
    type: 'eventlistener',
    summary: 'Calls of an EventListener of Tekton.',
    stability: 'beta',
    spec: z.custom<ListenerSettings>(),
    examples: [],
    oneOwner: false,
    async run(settings, context) {
      const { port, tls } = settings;
      const { clock, signal } = context;
      const secrets = tls ? { serverCertSecret: tls.cert, serverKeySecret: tls.key } : {};
      const called = { port: `${port}`, endpoint, shown: '/', asSent: true, late: 'EventListener Timeout!\n', ...secrets };
      await using clients = new Clients();
      const refuse = async ({ headers }: Call, { status, text, headers: more }: Answer): Promise<never> => {
        const event = teller && statusEvent(teller, 'failed', randomUUID(), headers, clock.now());
        // The caller does not wait for others to hear of it.
        if (event) void tellQuietly(teller, event, { clients, clock, signal, world });
        throw new Refusal(status, text, more);
      };
      await answerCalls(called, context, takeCall(settings, { world, context, refuse }));
    },
  });

type ListenerWorld = Pick<DialectWorld, 'outcomes' | 'sinkOf' | 'display'>;

interface Around {
  readonly world: ListenerWorld;
  readonly context: EventSourceContext;
  refuse(call: Call, answer: Answer): Promise<never>;
}

const takeCall =
  (settings: ListenerSettings, { world, context, refuse }: Around) =>
  async (call: Call): Promise<Taken> => {
    if (call.path === '/live') return { events: [], answer: { status: 200, text: 'ok' } };
    const clean = cleaned(call.path);
    if (clean !== call.path) return { events: [], answer: moved(call.method, urlOf({ ...call, path: clean })) };
    const body = await call.body(context.bus.maxMessageBytes);
    const problem = settings.validates ? objectProblem(textOf(body)) : undefined;
    if (problem !== undefined) return refuse(call, refused(settings, problem));
    const id = deliveryId([settings.namespace, settings.name], call.headers, body);
    const within = waitOf(call.query);
    const outcome = within === undefined ? undefined : world.outcomes.expect(id, within, context.signal);
    return {
      events: [{ id, data: callData(urlOf(call), call.headers, body), traceparent: traceOf(call.headers) }],
      answer: async ([stored]) => accepted(settings, call.headers, id, stored?.duplicate ? { repeated: true } : await outcome),
    };
  };

/** As Go's server cleans it; a slash at the end stays. */
function cleaned(path: string): string {
  const clean = cleanPath(path === '' ? '/' : path);
  return path.endsWith('/') && clean !== '/' ? `${clean}/` : clean;
}

const urlOf = ({ path, query }: Pick<Call, 'path' | 'query'>): string => `${pathEscape(path)}${query === '' ? '' : `?${query}`}`;

/** With a link for people, as Go's server has it. */
function moved(method: string, location: string): Answer {
  const text =
    method === 'GET' || method === 'HEAD'
      ? `<a href="${location.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)}">Moved Permanently</a>.\n\n`
      : '';
  return { status: 301, text, headers: { Location: location, ...(text ? { 'Content-Type': 'text/html; charset=utf-8' } : {}) } };
}

/** How long the caller waits for what becomes of the event, in milliseconds; refuses what is no time. */
function waitOf(query: string): number | undefined {
  const wanted = new URLSearchParams(query).get('wait');
  if (wanted === null) return undefined;
  const wait = parseDuration(wanted);
  if (wait === undefined) throw new Refusal(400, `wait is a time such as 10s, not "${wanted}"\n`);
  return Math.min(wait, longestWait);
}
