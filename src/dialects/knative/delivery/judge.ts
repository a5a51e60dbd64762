import type { CloudEvent } from '../../../core/cloudevents/cloud-event.ts';
import { problemOf, readCloudEvents } from '../../../core/cloudevents/read.ts';
import { EngineError } from '../../../core/errors/engine-error.ts';
import type { HttpAnswer } from '../../../core/http/client.ts';
import { failedFields } from './dead-letter.ts';
import { type DeliveryPlan, isRetried, waitAfterAnswer } from './plan.ts';
import { announcedBy } from './post.ts';

interface Asked {
  /** "POST http://…", for messages. */
  readonly request: string;
  readonly destination: string;
  readonly plan: DeliveryPlan;
  /** Which attempt it was, from 1. */
  readonly attempt: number;
  readonly now: number;
  /** Whether an answer that is no event is a failure, as it is in Knative. */
  readonly strict: boolean;
}

/**
 * The events that a receiver answers with. Throws REMOTE_HTTP for an answer that is a failure, with how long is waited before the next
 * attempt.
 */
export function repliesIn({ status, header, headers, bytes = nothing }: HttpAnswer, asked: Asked): readonly CloudEvent[] {
  const fail = (text: string, code: number): EngineError =>
    failure({ status, code, bytes, text, retryAfter: header('retry-after') }, asked);
  if (status < 200 || status > 299) throw fail(excerptOf(bytes), status);
  const reading = announcedBy(header) && readCloudEvents(headers(), bytes);
  if (!reading || reading.kind === 'none') {
    if (!asked.strict || bytes.length === 0) return [];
    throw fail(`, and its body is no CloudEvent${excerptOf(bytes)}`, badGateway);
  }
  const problem = reading.kind === 'unreadable' ? reading.problem : reading.events.map(problemOf).find((one) => one !== undefined);
  if (problem !== undefined || reading.kind === 'unreadable') throw fail(` with a CloudEvent that cannot be used: ${problem}`, badGateway);
  return reading.events;
}

const nothing = new Uint8Array(0);

/** The status that stands for an answer of which no sense can be made. */
const badGateway = 502;

interface Failed {
  readonly status: number;
  /** What it counts as. */
  readonly code: number;
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly retryAfter: string | undefined;
}

function failure(
  { status, code, bytes: body, text, retryAfter }: Failed,
  { request, destination, plan, attempt, now }: Asked,
): EngineError {
  const after = waitAfterAnswer(plan, attempt - 1, status, retryAfter, now);
  return new EngineError(
    'REMOTE_HTTP',
    { request, status, text, ...failedFields({ destination, status: code, body }) },
    { retry: isRetried(code) ? { after } : 'never' },
  );
}

const excerptOf = (bytes: Uint8Array): string => {
  const line = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1000)).toString('utf8').replace(/\s+/g, ' ').trim();
  return line === '' ? '' : `: ${line.length > 200 ? `${line.slice(0, 200)}…` : line}`;
};
