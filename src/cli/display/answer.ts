import type { CloudEvent } from '../../core/cloudevents/cloud-event.ts';
import { problemOf, readCloudEvents } from '../../core/cloudevents/read.ts';
import { type Answer, type Answering, Refusal } from '../../core/http/call.ts';

/** Bytes. */
const largest = 64 * 1024 * 1024;

/** Takes events in each of their forms, and hands them over; who sends anything else is told what is wrong with it. */
export const answerWith =
  (take: (event: CloudEvent) => void): Answering =>
  async (call): Promise<Answer> => {
    // Senders ask so whether they may send.
    if (call.method === 'OPTIONS')
      return { status: 200, text: '', headers: { 'WebHook-Allowed-Origin': '*', 'WebHook-Allowed-Rate': '*', Allow: 'POST' } };
    if (call.method !== 'POST') throw new Refusal(405, 'events come by POST', { Allow: 'POST, OPTIONS' });
    const reading = readCloudEvents(call.headers, await call.body(largest));
    if (reading.kind === 'none')
      throw new Refusal(
        400,
        'this is no CloudEvent: it has neither the header Ce-Specversion nor the content type application/cloudevents+json',
      );
    if (reading.kind === 'unreadable') throw new Refusal(400, `this CloudEvent cannot be read: ${reading.problem}`);
    const problem = reading.events.map(problemOf).find((one) => one !== undefined);
    if (problem !== undefined) throw new Refusal(400, `this CloudEvent is not whole: ${problem}`);
    reading.events.forEach(take);
    return { status: 202, text: '' };
  };
