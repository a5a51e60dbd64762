/**
 * What every event source promises, as tests. Each type in the registry brings a world in which things can be made to happen.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { EventBus } from '../../eventbus/bus.ts';
import { openMemoryBus } from '../../eventbus/memory/index.ts';
import type { EventSource } from '../../eventsources/kind.ts';
import { eventSources } from '../../eventsources/registry.ts';
import { type EventSourceDeps, runEventSource } from '../../eventsources/runner.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Event } from '../../src/core/event/event.ts';
import { CollectionKube } from '../eventsources/collection-kube.ts';
import { TestClock } from '../support/clock.ts';
import { randomNumbers } from '../support/random.ts';
import { record } from '../support/record.ts';

/** Something that happened, in words; facts about one subject have an order. */
export interface Fact {
  readonly subject: string;
  readonly fact: string;
}

interface AnyWorld {
  /** An EventSource with one entry of the type. */
  readonly source: EventSource;
  /** Whatever the type needs beside a bus: an API server, routes. */
  readonly deps?: Partial<Pick<EventSourceDeps, 'kube' | 'routes'>>;
  /** Makes the next thing happen. After many calls there are several subjects with several facts each. */
  happen(): Fact | Promise<Fact>;
  /** What an event says. */
  read(event: Event): Fact;
  /** From now on nothing that is listened to answers any more. */
  hang(): void;
  /** Ends what it has started. */
  close?(): Promise<void>;
}

/** What happens while nobody listens is found afterwards, as the last state of each subject. */
interface WorldOfStates extends AnyWorld {
  readonly remembers: 'states';
  /** Whether this is the right last word on a subject, given all that has happened; undefined when nothing was said of it. */
  isLastWord(subject: string, fact: string | undefined): boolean;
}

/** Each message waits at its sender until it is acknowledged, and comes again until then: a queue, a caller that tries again. */
interface WorldOfMessages extends AnyWorld {
  readonly remembers: 'messages';
  /** False when messages may overtake each other, or come out of order when they come again. */
  readonly ordered?: boolean;
  /** False when messages bear no id, so that one that comes again counts as another. */
  readonly recognised?: boolean;
}

/** What happens while nobody listens is lost: a plain subscription. */
interface WorldOfMoments extends AnyWorld {
  readonly remembers: false;
}

export type World = WorldOfStates | WorldOfMessages | WorldOfMoments;

/** Each test makes a world of its own, whose time is the given clock. A world may use real sockets: the suite then waits for it. */
export function eventSourceContract(type: string, makeWorld: (clock: TestClock) => World | Promise<World>): void {
  describe(`the event source ${type}`, () => {
    test('stores everything that happens, once and in order, however often publishing fails on its way there or back', async () => {
      await using scene = await setUp(makeWorld);
      const { clock, world, stored, attempts } = scene;
      const random = randomNumbers(7);
      const source = await scene.run(flaky(scene.bus, () => random() < 0.4, attempts));

      const facts: Fact[] = [];
      for (let round = 0; round < 60; round++) {
        facts.push(await world.happen());
        if (random() < 0.3) await clock.turn(100);
      }
      await scene.until(async () => (await stored()).length >= facts.length);
      await clock.turn(60_000);
      await source.stop();

      const found = await stored();
      expect(comparable(world, isRecognised(world) ? found : unique(found))).toEqual(comparable(world, facts));
      if (isRecognised(world)) expectOneIdForEachFact(attempts, world);
    });

    test('stores what its sender remembers, and nothing twice, when it is ended and started again and again', async () => {
      await using scene = await setUp(makeWorld);
      const { clock, world, stored, attempts } = scene;
      const random = randomNumbers(11);

      const facts: Fact[] = [];
      for (let life = 0; life < 12; life++) {
        const failing = random() < 0.5;
        const source = await scene.run(
          flaky(scene.bus, () => random() < (failing ? 1 : 0.2), attempts),
          failing ? 100 : patience,
        );
        for (let round = 0; round < 6; round++) {
          facts.push(await world.happen());
          if (random() < 0.5) await clock.turn(100);
        }
        await source.stop();
        facts.push(await world.happen());
      }
      const last = await scene.run(scene.bus);
      const heard: Fact[] = [];
      for (let round = 0; round < 6; round++) heard.push(await world.happen());
      await scene.until(async () => isAllThere(world, await stored(), facts, heard));
      await clock.turn(10_000);
      await last.stop();

      const found = await stored();
      expectAllThere(world, found, facts, heard);
      if (isRecognised(world)) {
        for (const [subject, told] of bySubject(found)) expect(new Set(told).size, subject).toBe(told.length);
        expectOneIdForEachFact(attempts, world);
      }
    });

    test('stops at once when it is told to, also when nothing answers', async () => {
      await using scene = await setUp(makeWorld);
      scene.world.hang();
      const source = scene.start(scene.bus);
      await scene.clock.turn(10);

      await source.stop();
    });
  });
}

/** How long the suite waits for a world of real sockets, in milliseconds. */
const patience = 10_000;

async function setUp(makeWorld: (clock: TestClock) => World | Promise<World>) {
  const clock = new TestClock();
  const world = await makeWorld(clock);
  const bus = openMemoryBus({ kind: 'memory' }, { clock, tell: record().tell });
  const attempts: Event[] = [];
  let isReady = false;
  /** Turns the clock until something holds; gives up without a word, since what is expected is compared afterwards. */
  const until = async (holds: () => boolean | Promise<boolean>, within = patience): Promise<void> => {
    // Where there are real sockets, test time may not run away from them: the bus knows repeats for five minutes only.
    const turn = world.close ? () => delay(1).then(() => clock.turn(250)) : () => clock.turn(1000);
    for (const end = performance.now() + within; performance.now() < end; await turn()) if (await holds()) return;
  };
  const start = (used: EventBus) => {
    const stop = new AbortController();
    const kube = world.deps?.kube ?? new CollectionKube().kube;
    const onReady = (ready: boolean) => {
      isReady = ready;
    };
    const deps = { ...world.deps, bus: used, kube, clock, tell: record().tell, signal: stop.signal, onReady };
    const ended = runEventSource(world.source, deps);
    return {
      async stop(): Promise<void> {
        stop.abort();
        await ended;
      },
    };
  };
  return {
    clock,
    world,
    bus,
    attempts,
    until,
    start,
    /** Starts it, and waits until it is ready. A source that needs the bus for that never is while the bus fails. */
    async run(used: EventBus, within = patience) {
      const source = start(used);
      await until(() => isReady, within);
      return source;
    },
    async stored(): Promise<Fact[]> {
      const facts: Fact[] = [];
      for (const subject of eventSources.flatMap(({ type }) => Object.keys(world.source.spec[type] ?? {}))) {
        const origin = { source: world.source.metadata.name, subject };
        for await (const { event } of bus.replay(origin, 0, new AbortController().signal)) facts.push(world.read(event));
      }
      return facts;
    },
    [Symbol.asyncDispose]: async () => world.close?.(),
  };
}

const isRecognised = (world: World): boolean => world.remembers !== 'messages' || world.recognised !== false;

/** Facts as they are to be compared: in the order of each subject where that is promised. */
function comparable(world: World, facts: readonly Fact[]): Map<string, string[]> {
  const found = bySubject(facts);
  const isOrdered = world.remembers !== 'messages' || world.ordered !== false;
  return isOrdered ? found : new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([subject, told]) => [subject, told.sort()]));
}

function expectAllThere(world: World, found: readonly Fact[], facts: readonly Fact[], heard: readonly Fact[]): void {
  const all = [...facts, ...heard];
  if (world.remembers === 'states') {
    const told = bySubject(found);
    for (const { subject } of all) {
      const last = told.get(subject)?.at(-1);
      expect(world.isLastWord(subject, last), `the last word on ${subject} is "${last}"`).toBe(true);
    }
  } else if (world.remembers === 'messages') {
    expect(comparable(world, unique(found))).toEqual(comparable(world, all));
  } else {
    const happened = all.map(inWords);
    expect(found.map(inWords).filter((one) => !happened.includes(one))).toEqual([]);
    expect(heard.map(inWords).filter((one) => !found.map(inWords).includes(one))).toEqual([]);
  }
}

const inWords = ({ subject, fact }: Fact): string => `${subject}: ${fact}`;

const unique = (facts: readonly Fact[]): Fact[] => [...new Map(facts.map((one) => [inWords(one), one])).values()];

function isAllThere(...asked: Parameters<typeof expectAllThere>): boolean {
  try {
    expectAllThere(...asked);
    return true;
  } catch {
    return false;
  }
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
