import { describe } from 'vitest';
import type { EventBus } from '../../../eventbus/bus.ts';
import { memoryStore } from '../../../eventbus/memory/store.ts';
import { openBus } from '../../../eventbus/open.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { type BusWorld, busContract } from '../../contracts/bus.ts';
import { settle, TestClock } from '../../support/clock.ts';
import { record } from '../../support/record.ts';

/** The clock of one process: it stops when that is killed. */
function mortal(clock: TestClock): Clock & { die(): void } {
  let dead = false;
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    sleep: (milliseconds, signal) => clock.sleep(milliseconds, signal),
    after: (milliseconds, callback) => clock.after(milliseconds, () => void (dead || callback())),
    die() {
      dead = true;
    },
  };
}

async function memoryWorld(): Promise<BusWorld> {
  const clock = new TestClock();
  const store = memoryStore(clock);
  const open = new Map<EventBus, { die(): void }>();
  return {
    async open() {
      const own = mortal(clock);
      const bus = await openBus({ kind: 'memory', store }, { tell: record().tell, clock: own });
      open.set(bus, own);
      return bus;
    },
    async kill(bus) {
      open.get(bus)!.die();
    },
    async during(promise) {
      let settled = false;
      const end = () => {
        settled = true;
      };
      promise.then(end, end);
      await settle();
      for (let round = 0; !settled && round < 500; round++) await clock.turn(50);
      return promise;
    },
    pass: (milliseconds) => clock.turn(milliseconds),
    async [Symbol.asyncDispose]() {
      for (const bus of open.keys()) await bus[Symbol.asyncDispose]();
    },
  };
}

describe('the bus in memory', () => {
  busContract(memoryWorld);
});
