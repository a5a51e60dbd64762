import { shownHeaders } from '../../../../sensors/triggers/http/headers.ts';
import type { CloudEvent } from '../../../core/cloudevents/cloud-event.ts';
import { modeOf } from '../../../core/cloudevents/read.ts';
import { type Written, writeBinary, writeStructured } from '../../../core/cloudevents/write.ts';
import type { Event } from '../../../core/event/event.ts';
import type { HttpAnswer, HttpClient } from '../../../core/http/client.ts';
import type { Json } from '../../../core/json/json.ts';
import { headersCarriedBy } from './passed-headers.ts';
import type { DeliveryPlan } from './plan.ts';
import type { Around, HttpTarget } from './target.ts';

/** How long an answer is waited for where the author does not say, in milliseconds: as long as a Knative Service may take. */
const patience = 300_000;

/** An answer is read up to here: an event that is larger would not fit the bus. */
const largestAnswer = 1024 * 1024;

/** Half an event is none; of any other answer the beginning is enough. */
const isWhole = (header: HttpAnswer['header']): boolean => announcedBy(header) !== undefined;

/** The form of the event that an answer is. */
export const announcedBy = (header: HttpAnswer['header']) => modeOf(header('content-type'), header('ce-specversion'));

/** What is sent beside the event. */
interface Sender {
  readonly namespace: string;
  /** By which a receiver can tell a repeat. */
  readonly firingId: string;
}

/** The request that brings an event: with the headers that its own request had and that go on, and the trace that it belongs to. */
export function requestOf(event: CloudEvent, stored: Event, { format }: DeliveryPlan, { namespace, firingId }: Sender): Written {
  const { headers, body } = format === 'json' ? writeStructured(event) : writeBinary(event);
  const trace: Record<string, string> = {};
  for (const name of ['traceparent', 'tracestate']) {
    const value = stored.extensions[name];
    if (value !== undefined && /^[\x20-\x7e]+$/.test(value)) trace[name] = value;
  }
  const ours = { 'User-Agent': 'sensorium', Prefer: 'reply', 'Kn-Namespace': namespace, 'Idempotency-Key': firingId };
  return { headers: { ...headersCarriedBy(stored), ...trace, ...ours, ...headers }, body };
}

/** As it may be shown. */
export function shownRequest(url: string, { headers, body }: Written, event: CloudEvent): Json {
  const text = typeof body === 'string' ? body : event.data?.text;
  return { method: 'POST', url, headers: shownHeaders(headers), ...(text === undefined ? {} : { body: text }) };
}

/** Rejects as `HttpClient.send` does. */
export async function post(
  { headers, body }: Written,
  { url, caCerts }: HttpTarget,
  plan: DeliveryPlan,
  { clients, signal, clock }: Around,
): Promise<HttpAnswer> {
  const client = await clients.get(`cloudevents ${caCerts ?? ''}`, () => open(caCerts));
  const options = { signal, clock, within: plan.timeout ?? patience, keep: largestAnswer, isWhole };
  return client.send({ method: 'POST', url, headers, body }, options);
}

async function open(caCerts: string | undefined): Promise<HttpClient> {
  const { HttpClient } = await import('../../../core/http/client.ts');
  return new HttpClient(caCerts === undefined ? undefined : { ca: caCerts, rejectUnauthorized: true });
}

/** What one attempt may take, for whoever watches over it. */
export const attemptLimitOf = ({ timeout }: DeliveryPlan): number => (timeout ?? patience) + 5_000;
