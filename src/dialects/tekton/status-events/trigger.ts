import type { CompiledDependency, CompiledTrigger } from '../../../../sensors/compiled.ts';
import { fromUnknown } from '../../../core/errors/from-unknown.ts';
import type { Address } from '../../../core/event/event.ts';
import type { DialectWorld } from '../../dialect.ts';
import { callOf } from '../listener/on-bus.ts';
import { statusEvent, type Teller, tellStatus } from './index.ts';

/** No name of a trigger has brackets. */
const name = '(cloudEventURI)';

/** Attempts, with waits from 10 ms on. */
const attempts = 10;

/** Every event is told of. */
export const statusDependency = (address: Address): CompiledDependency => ({
  name,
  ...address,
  fingerprint: '',
  admit: (event) => ({ admitted: true, event }),
});

/** Tells that an event is worked. What cannot be told after ten attempts is left: it is no loss of an event. */
export const statusTrigger = (teller: Teller, world: DialectWorld): CompiledTrigger => ({
  name,
  type: 'http',
  dependencies: [name],
  join: undefined,
  condition: name,
  retry: { backoff: { first: 10, ceiling: 5_000 }, attempts, giveUpAfter: Number.POSITIVE_INFINITY },
  spacing: undefined,
  attemptLimit: 10_000,
  atLeastOnce: true,
  dlq: undefined,
  orderKeyOf: () => undefined,
  async prepare(firing, { attempt, clock, signal, clients }) {
    const event = firing.events.get(name)!;
    const summary = `tell ${teller.uri} of the event`;
    const tell = async (type: 'started' | 'done'): Promise<void> =>
      tellStatus(teller, statusEvent(teller, type, event.id, callOf(event).header, clock.now()), { clients, clock, signal, world });
    return {
      type: 'http',
      summary,
      rendered: null,
      async fire() {
        try {
          await tell('started');
          await tell('done');
          return { summary: `told ${teller.uri} of the event` };
        } catch (thrown) {
          if (attempt < attempts) throw thrown;
          return { summary: `could not tell ${teller.uri} of the event: ${fromUnknown(thrown).message}` };
        }
      },
    };
  },
});
