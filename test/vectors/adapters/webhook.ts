import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { runEventSource } from '../../../eventsources/runner.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { createRoutes } from '../../../src/core/http/routes.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { calledSource, kubeWithSecret } from '../../eventsources/called-world.ts';
import { record } from '../../support/record.ts';
import type { Adapter, Case } from '../adapter.ts';

/** A real call of a real port. What Node's own client adds to a call is taken out of the payload again. */
export const webhook: Adapter = {
  compare: { responseBody: 'same', payload: 'same' },
  expected({ expect: { responseBody, ...expected }, request }: Case) {
    return responseBody === undefined || request.path === undefined ? expected : { ...expected, responseBody };
  },
  async run({ spec, request }) {
    const { tell, ...heard } = record();
    const bus = openMemoryBus({ kind: 'memory' }, { clock: systemClock, tell });
    const clock = {
      ...systemClock,
      after: (milliseconds: number, callback: () => void) => systemClock.after(request.busDown ? 1 : milliseconds, callback),
    };
    const away = async () => {
      throw new EngineError('UNREACHABLE_BUS', { server: 'nats://test', reason: 'it is down on purpose' });
    };
    const stop = new AbortController();
    const secret = spec.authSecret ? { ...spec, authSecret: { name: 's', key: 'k' } } : spec;
    const source = calledSource('webhook', { ...secret, port: '0' });
    const routes = createRoutes({ host: '127.0.0.1', clock });
    const deps = {
      bus: request.busDown ? { ...bus, publish: away } : bus,
      kube: kubeWithSecret(request.secret),
      routes,
      clock,
      tell,
      signal: stop.signal,
    };
    const ended = runEventSource(source, deps);
    const { port } = await heard.seen('listening');
    const { method, path, headers = {}, body } = request;
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers,
      ...(method === 'GET' ? {} : { body: Buffer.from(body ?? '') }),
    });
    const responseBody = await answer.text();
    const payloads = [];
    for await (const { event } of bus.replay({ source: 'es', subject: 'calls' }, 0, new AbortController().signal))
      payloads.push(event.data!.json);
    stop.abort();
    await ended;
    return { status: answer.status, responseBody, published: payloads.length > 0, payload: sentOnly(payloads[0], headers) };
  },
};

function sentOnly(payload: unknown, headers: Record<string, string>): unknown {
  if (payload === undefined) return undefined;
  const { header, ...rest } = payload as { header: Record<string, string[]> };
  const sent = Object.keys(headers).map((name) => name.toLowerCase());
  return { header: Object.fromEntries(Object.entries(header).filter(([name]) => sent.includes(name.toLowerCase()))), ...rest };
}
