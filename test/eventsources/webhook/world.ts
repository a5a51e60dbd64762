import type { World } from '../../contracts/event-source.ts';
import { calledWorld } from '../called-world.ts';

export const webhookWorld = (): World =>
  calledWorld({
    type: 'webhook',
    entry: { endpoint: '/hook', port: '12000', method: 'POST' },
    request: (fact) => ({ headers: { 'idempotency-key': fact.fact }, body: JSON.stringify(fact) }),
    read: ({ body }: { body: { subject: string; fact: string } }) => body,
  });
