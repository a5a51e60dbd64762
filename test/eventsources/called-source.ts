import { openMemoryBus } from '../../eventbus/memory/index.ts';
import { runEventSource } from '../../eventsources/runner.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Event } from '../../src/core/event/event.ts';
import { TestClock } from '../support/clock.ts';
import { memoryRoutes } from '../support/memory-routes.ts';
import { record } from '../support/record.ts';
import { calledSource, kubeWithSecret } from './called-world.ts';

/** Runs an EventSource with one entry that is called, until the end of the scope. The entry's endpoint has to be `/hook`. */
export async function runCalled(type: string, entry: object, { secret = 'secret', now = '2026-07-18T12:00:00Z' } = {}) {
  const clock = new TestClock(Date.parse(now));
  const heard = record();
  const routes = memoryRoutes();
  const kube = kubeWithSecret(secret);
  const memory = openMemoryBus({ kind: 'memory' }, { clock, tell: heard.tell });
  let refusal: EngineError | undefined;
  const bus: typeof memory = {
    ...memory,
    async publish(event, options) {
      if (refusal) throw refusal;
      return memory.publish(event, options);
    },
  };
  const stop = new AbortController();
  const ended = runEventSource(calledSource(type, entry), { bus, kube, routes, clock, tell: heard.tell, signal: stop.signal });
  await heard.seen('listening');
  return {
    clock,
    heard,
    kube,
    /** Status, body and headers of the answer. */
    async call(request: Parameters<typeof routes.call>[1] = {}) {
      const answer = await routes.call('/hook', request);
      return answer ?? { status: 0, text: 'nobody is there' };
    },
    async events(): Promise<Event[]> {
      const events: Event[] = [];
      for await (const { event } of bus.replay({ source: 'es', subject: 'calls' }, 0, new AbortController().signal)) events.push(event);
      return events;
    },
    async payloads(): Promise<unknown[]> {
      return (await this.events()).map(({ data }) => data!.json);
    },
    takeBusAway(away: boolean): void {
      this.refuse(away ? new EngineError('UNREACHABLE_BUS', { server: 'nats://test', reason: 'it is away on purpose' }) : undefined);
    },
    /** What the bus answers from now on; undefined to store events again. */
    refuse(error: EngineError | undefined): void {
      refusal = error;
    },
    async stop(): Promise<void> {
      stop.abort();
      await ended;
    },
    async [Symbol.asyncDispose]() {
      await this.stop();
    },
  };
}
