/**
 * What all sources have in common that are called over HTTP: a route, a token, a time within which the bus has to take the event, and
 * what the caller is told. `webhook`, `github` and the others say only what a call becomes.
 *
 * A caller hears of success when the bus has stored everything, and otherwise why not; it is for the caller to try again.
 */

import type { Stored } from '../../eventbus/bus.ts';
import { same } from '../../src/core/access/same.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { fromUnknown } from '../../src/core/errors/from-unknown.ts';
import type { EventDraft } from '../../src/core/event/event.ts';
import { type Answer, type Call, type Headers, headerOf, Refusal, stopping } from '../../src/core/http/call.ts';
import type { RouteTls } from '../../src/core/http/routes.ts';
import { unlessAborted } from '../../src/core/lifecycle/unless-aborted.ts';
import type { EventSourceContext } from '../event-source.ts';
import { callsInTime, type InTime } from './in-time.ts';
import { type Hooks, keepHooks } from './keep-hooks.ts';
import { keepSecret } from './keep-secret.ts';
import type { CalledSpec } from './spec.ts';

/** What a call becomes: nothing, an event or several, which are stored in this order; and an answer that is not `success`. */
export interface Taken {
  readonly events: readonly EventDraft[];
  /** A function is asked when everything is stored. */
  readonly answer?: Answer | ((stored: readonly (Stored | undefined)[]) => Promise<Answer>);
}

/** What is told of a route. */
type Called = Pick<CalledSpec, 'endpoint' | 'port' | 'authSecret' | 'serverCertSecret' | 'serverKeySecret'> & {
  /** True where the sender's credentials are looked at later on, and so have to stay what they are. */
  readonly asSent?: boolean;
  /** The endpoint for people, where it is not what is written. */
  readonly shown?: string;
  /** What callers are told when the bus does not take an event in time. */
  readonly late?: string;
};

const notRecorded = 'failed to record event';
const masked = ['*** Masked Auth Secret ***'];

/**
 * Opens the route, and answers until the signal aborts; `hooks` are kept meanwhile. `take` gets the call with its credentials masked
 * and rejects with a Refusal for what is not to be taken. Rejects when the route cannot be opened.
 */
export async function answerCalls(
  spec: Called,
  context: EventSourceContext,
  take: (call: Call) => Promise<Taken>,
  hooks?: Hooks,
): Promise<void> {
  const { signal, routes, ready, tell, eventSourceName: eventsource, eventName: event } = context;
  const refused = refusals(context);
  const late = (): Refusal => new Refusal(503, spec.late ?? notRecorded, { 'Retry-After': '5' });
  const inTime = callsInTime(context, late);
  const token = spec.authSecret && keepSecret(spec.authSecret, context);
  const answer = async (call: Call): Promise<Answer> => {
    try {
      const given = spec.asSent ? call : await checkToken(call, token);
      const { events, answer } = await take(given);
      const stored = await store(events, context, inTime);
      return typeof answer === 'function' ? await answer(stored) : (answer ?? { status: 200, text: 'success' });
    } catch (thrown) {
      const answer = answerFor(thrown, signal);
      refused(answer, thrown);
      return answer;
    }
  };
  const { namespace } = context;
  const owner = `${namespace}/${eventsource}/${event}`;
  const opening = routes.open({ port: Number(spec.port), path: spec.endpoint, owner, tls: tlsOf(spec, context), answer });
  await using route = await unlessAborted(opening, signal).catch((thrown) => {
    void opening.then(
      (late) => late[Symbol.asyncDispose](),
      () => {},
    );
    throw thrown;
  });
  tell.listening({ eventsource, event, port: route.port, path: spec.shown ?? spec.endpoint });
  ready(true);
  await (hooks ? keepHooks(hooks, context) : untilAborted(signal));
}

/** The call with its `Authorization` masked. Refuses one without the token that the entry asks for. */
async function checkToken(call: Call, token: (() => Promise<string>) | undefined): Promise<Call> {
  const sent = headerOf(call.headers, 'Authorization');
  if (token) {
    const expected = await token();
    if (!sent?.startsWith('Bearer ')) throw new Refusal(401, 'Invalid Authorization Header', { 'WWW-Authenticate': 'Bearer' });
    if (!same(sent.slice('Bearer '.length), expected)) throw new Refusal(401, 'Invalid Auth token', { 'WWW-Authenticate': 'Bearer' });
  }
  return sent === undefined ? call : withHeaders(call, { ...call.headers, Authorization: masked });
}

/** The call with other headers. */
const withHeaders = ({ method, path, query, body }: Call, headers: Headers): Call => ({ method, path, query, body, headers });

/** The call with the values of some headers hidden: they are secrets, and payloads are kept. */
export function hiding(call: Call, ...names: readonly string[]): Call {
  const found = names.filter((name) => call.headers[name]);
  return found.length === 0 ? call : withHeaders(call, { ...call.headers, ...Object.fromEntries(found.map((name) => [name, masked])) });
}

/** Resolves once the bus has stored all; refuses (503) when that takes too long. */
async function store(events: readonly EventDraft[], { emit, clock }: EventSourceContext, inTime: InTime): Promise<(Stored | undefined)[]> {
  if (events.length === 0) return [];
  const since = clock.monotonic();
  return inTime(async (until) => {
    const stored: (Stored | undefined)[] = [];
    for (const draft of events) stored.push(await emit(draft, { since, until }));
    return stored;
  });
}

function answerFor(thrown: unknown, signal: AbortSignal): Answer {
  if (thrown instanceof Refusal) return thrown.answer;
  if (signal.aborted) return stopping;
  const error = fromUnknown(thrown);
  if (error.code === 'EVENT_TOO_LARGE') return { status: 413, text: error.message };
  if (error.retry === 'never') return { status: 500, text: notRecorded };
  return { status: 503, text: notRecorded, headers: { 'Retry-After': '5' } };
}

/** Tells of calls that were refused: once for each reason until it changes, counted always. */
function refusals({ tell, eventSourceName: eventsource, eventName: event }: EventSourceContext): (answer: Answer, thrown: unknown) => void {
  let told: string | undefined;
  return ({ status, text }, thrown) => {
    const cause = thrown instanceof Refusal ? thrown.cause : thrown;
    const reason = cause instanceof EngineError ? `${text}: ${cause.message}` : text;
    const fields = { eventsource, event, status: `${status}`, reason };
    if (told === reason) tell.callRefusedAgain(fields);
    else tell.callRefused(fields);
    told = reason;
  };
}

function tlsOf({ serverCertSecret, serverKeySecret }: Called, { namespace, secrets, signal }: EventSourceContext): RouteTls | undefined {
  if (!serverCertSecret || !serverKeySecret) return undefined;
  const read = async () => ({ cert: await secrets.secret(serverCertSecret, signal), key: await secrets.secret(serverKeySecret, signal) });
  const names = [serverCertSecret, serverKeySecret].map(({ name, key }) => `${namespace}/${name}.${key}`);
  return { name: `the Secrets ${names.join(' and ')}`, read };
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));
