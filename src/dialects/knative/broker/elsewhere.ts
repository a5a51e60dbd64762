/**
 * Answers those who call the port of the Brokers at a path that none has, so that they learn why. It brings no events.
 */
import { z } from 'zod';
import { defineEventSource } from '../../../../eventsources/event-source.ts';
import { type Answer, type Call, Refusal } from '../../../core/http/call.ts';
import { answeredByMethod } from './methods.ts';

export const elsewhere = defineEventSource({
  type: 'broker-elsewhere',
  summary: 'Calls for Brokers that are not there.',
  stability: 'beta',
  spec: z.strictObject({ port: z.int().describe('The port of all Brokers.') }),
  examples: [{ title: 'The usual port', spec: { port: 8090 } }],
  oneOwner: false,
  async run({ port }, { routes, ready, signal }) {
    const answer = async (call: Call): Promise<Answer> => answeredByMethod(call.method) ?? refusal(call.path).answer;
    await using _ = await routes.open({ port, path: '/{rest:.*}', isLast: true, owner: 'the ingress of all Brokers', answer });
    ready(true);
    await new Promise<void>((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));
  },
});

function refusal(path: string): Refusal {
  if (path === '/') return new Refusal(404, 'a Broker is called at /NAMESPACE/NAME');
  const [namespace, name, ...more] = path.slice(1).replace(/\/$/, '').split('/');
  if (!namespace || !name || more.length > 0) return new Refusal(400, `${path} is the path of no Broker: those are /NAMESPACE/NAME`);
  return new Refusal(404, `there is no Broker ${name} in the namespace ${namespace}`);
}
