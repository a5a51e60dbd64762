/**
 * What every event source promises, as tests. Each type in the registry brings a world in which things can be made to happen.
 */
import { describe, expect, test } from 'vitest';
import type { EventBus } from '../../eventbus/bus.ts';
import { openMemoryBus } from '../../eventbus/memory/index.ts';
import type { EventSource } from '../../eventsources/kind.ts';
import { runEventSource } from '../../eventsources/runner.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Event } from '../../src/core/event/event.ts';
import type { Kube } from '../../src/core/kube/kube.ts';
import { TestClock } from '../support/clock.ts';
import { randomNumbers } from '../support/random.ts';
import { record } from '../support/record.ts';

/** Something that happened, in words; facts about one subject have an order. */
export interface Fact {
  readonly subject: string;
  readonly fact: string;
}

export interface World {
  /** An EventSource with one entry of the type. */
  readonly source: EventSource;
  readonly kube: Kube;
  /** Makes the next thing happen. After many calls there are several subjects with several facts each. */
  happen(): Fact;
  /** What an event says. */
  read(event: Event): Fact;
  /** Whether this is the right last word on a subject, given all that has happened; undefined when nothing was said of it. */
  isLastWord(subject: string, fact: string | undefined): boolean;
  /** From now on nothing that is listened to answers any more. */
  hang(): void;
}

export function eventSourceContract(type: string, makeWorld: () => World): void {
  describe(`the event source ${type}`, () => {
    test('stores everything that happens, once and in order, however often publishing fails on its way there or back', async () => {
      const { run, bus, clock, world, stored, attempts } = setUp(makeWorld());
      const random = randomNumbers(7);
      const source = run(flaky(bus, () => random() < 0.4, attempts));
      await clock.turn(1000);

      const facts: Fact[] = [];
      for (let round = 0; round < 60; round++) {
        facts.push(world.happen());
        if (random() < 0.3) await clock.turn(100);
      }
      await clock.turn(600_000);
      await source.stop();

      expect(bySubject(await stored())).toEqual(bySubject(facts));
      expectOneIdForEachFact(attempts, world);
    });

    test('stores the last of everything that happened, and nothing twice, when it is ended and started again and again', async () => {
      const { run, bus, clock, world, stored, attempts } = setUp(makeWorld());
      const random = randomNumbers(11);

      const facts: Fact[] = [];
      for (let life = 0; life < 12; life++) {
        const failing = random() < 0.5;
        const source = run(flaky(bus, () => random() < (failing ? 1 : 0.2), attempts));
        await clock.turn(1000);
        for (let round = 0; round < 6; round++) {
          facts.push(world.happen());
          if (random() < 0.5) await clock.turn(100);
        }
        await source.stop();
        facts.push(world.happen());
      }
      const last = run(bus);
      await clock.turn(10_000);
      await last.stop();

      const found = bySubject(await stored());
      for (const { subject } of facts) {
        const last = found.get(subject)?.at(-1);
        expect(world.isLastWord(subject, last), `the last word on ${subject} is "${last}"`).toBe(true);
      }
      for (const [subject, told] of found) expect(new Set(told).size, subject).toBe(told.length);
      expectOneIdForEachFact(attempts, world);
    });

    test('stops at once when it is told to, also when nothing answers', async () => {
      const { run, bus, clock, world } = setUp(makeWorld());
      world.hang();
      const source = run(bus);
      await clock.turn(10);

      await source.stop();
    });
  });
}

function setUp(world: World) {
  const clock = new TestClock();
  const bus = openMemoryBus({ kind: 'memory' }, { clock, tell: record().tell });
  const attempts: Event[] = [];
  const run = (used: EventBus) => {
    const stop = new AbortController();
    const ended = runEventSource(world.source, { bus: used, kube: world.kube, clock, tell: record().tell, signal: stop.signal });
    return {
      async stop(): Promise<void> {
        stop.abort();
        await ended;
      },
    };
  };
  const stored = async (): Promise<Fact[]> => {
    const facts: Fact[] = [];
    for (const subject of attempts.length > 0 ? [attempts[0]!.subject] : []) {
      const origin = { source: world.source.metadata.name, subject };
      for await (const { event } of bus.replay(origin, 0, new AbortController().signal)) facts.push(world.read(event));
    }
    return facts;
  };
  return { run, bus, clock, world, stored, attempts };
}

/** A bus that fails now and then, before it has stored an event or after. */
function flaky(bus: EventBus, fails: () => boolean, attempts: Event[]): EventBus {
  const away = () => new EngineError('UNREACHABLE_BUS', { server: 'nats://test', reason: 'it fails on purpose' });
  return {
    ...bus,
    async publish(event, options) {
      attempts.push(event);
      if (fails()) throw away();
      const stored = await bus.publish(event, options);
      if (fails()) throw away();
      return stored;
    },
  };
}

function expectOneIdForEachFact(events: readonly Event[], world: World): void {
  const facts = new Map<string, string>();
  for (const event of events) {
    const { subject, fact } = world.read(event);
    expect(facts.get(event.id) ?? `${subject}: ${fact}`).toBe(`${subject}: ${fact}`);
    facts.set(event.id, `${subject}: ${fact}`);
  }
  expect(new Set(facts.values()).size).toBe(facts.size);
}

function bySubject(facts: readonly Fact[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { subject, fact } of facts) found.set(subject, [...(found.get(subject) ?? []), fact]);
  return found;
}
