import fc from 'fast-check';
import { expect } from 'vitest';
import { type Matching, nothingHeld } from '../../sensors/conditions/advance.ts';
import type { ConditionSpec } from '../../sensors/conditions/compile.ts';
import { decide } from '../../sensors/decide.ts';
import { runSensor } from '../../sensors/runner.ts';
import type { Firing } from '../../sensors/triggers/trigger.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Event } from '../../src/core/event/event.ts';
import { buildJoin } from '../support/build-join.ts';
import { buildDependency, buildEvent, buildSensor, buildTrigger, noKube } from '../support/build-sensor.ts';
import { bodiesOf } from '../support/queue-contents.ts';
import { anyTrouble, chance, type Histories } from './explore.ts';
import { type Given, Processes, type Recovery, type Sabotage } from './processes.ts';

/**
 * Random histories of joins: whatever is killed, hangs, is away or lost, and wherever, what fires is what a calm run fires, no less and no
 * more. (A firing may be done twice, under one id.)
 */
export const joinHistories = (sabotage?: Sabotage): Histories<History, Awaited<ReturnType<typeof live>>> => ({
  arbitrary,
  live: (given) => live(given, sabotage),
  check({ fired, calm, waiting, broken }) {
    expect(broken, 'no part of it fails').toEqual([]);
    expect([...new Set(fired)].sort(), 'what fires').toEqual(calm.sort());
    expect(waiting, 'firings that wait when all is well').toEqual([]);
  },
});

const specs: readonly ConditionSpec[] = [
  {},
  { conditions: 'a && b || c' },
  { conditions: '(a || b) && c' },
  { join: { key: '.key' } },
  { conditions: 'a && b', join: { key: '.key', keep: 'all' } },
  { conditions: 'a && c', join: { keep: 'first' } },
  { conditions: 'a || b' },
];

interface History extends Given {
  readonly events: number;
  readonly spec: ConditionSpec;
  /** Bytes of each payload: large ones are kept apart from the rest of the state. */
  readonly bytes: number;
  readonly target: { readonly fails: number; readonly slow: number };
  readonly recover: Recovery;
}

const arbitrary: fc.Arbitrary<History> = fc.record({
  seed: fc.integer(),
  processes: fc.constantFrom(1, 2),
  events: fc.integer({ min: 1, max: 40 }),
  spec: fc.constantFrom(...specs),
  bytes: fc.constantFrom(0, 0, 60_000),
  trouble: anyTrouble,
  target: fc.record({ fails: chance(0.5), slow: chance(0.3) }),
  recover: fc.constantFrom('new', 'same'),
});

const names = ['a', 'b', 'c'];
const shown = ({ trigger, events }: Firing): string => `${trigger} ${[...events].map(([name, event]) => `${name}=${event.id}`).join(' ')}`;

async function live(given: History, sabotage: Sabotage | undefined) {
  const fired: string[] = [];
  let { target } = given;

  const dependencies = names.map((name) => buildDependency(name, name));
  const sensorOf = (deed: (firing: Firing) => Promise<void>) =>
    buildSensor(
      ['one', 'two'].map((name, index) =>
        buildTrigger(name, deed, { retry, ...buildJoin(index === 0 ? given.spec : { conditions: 'a && b' }, names) }),
      ),
      dependencies,
    );
  await using all = new Processes(given, sabotage, async (process, bus) => {
    const sensor = sensorOf(async (firing) => {
      await process.survive();
      if (random() < target.slow) await process.clock.sleep(Math.floor(random() * 3_000));
      await process.survive();
      if (random() < target.fails) throw new EngineError('UNREACHABLE_KUBE', { reason: 'on purpose' });
      note(`fired ${shown(firing)}`);
      fired.push(shown(firing));
      await process.survive();
    });
    await runSensor(sensor, { bus, kube: noKube, clock: process.clock, tell: all.told.tell, signal: process.stop.signal });
  });
  const { bus, clock, random, note, trace } = all;

  all.start();
  const published: Event[] = [];
  for (let index = 0; index < given.events; index++) {
    const data = { key: `k${Math.floor(random() * 3)}`, pad: 'x'.repeat(given.bytes) };
    const event = buildEvent(`e${index}`, { subject: names[Math.floor(random() * names.length)]!, data });
    published.push(event);
    note(`publish ${event.subject} ${event.id} ${data.key}`);
    await bus.publish(event);
    if (random() < 0.5) await clock.turn(Math.floor(random() * 1_500));
    if (random() < given.trouble.crash) all.kill();
  }
  await clock.turn(5_000);
  target = { fails: 0, slow: 0 };
  await all.recover({ as: given.recover });
  await all.untilQuiet(30_000);

  const waiting = await bodiesOf(await bus.queue('sensor/playground/sn'));
  const sensor = sensorOf(async () => {});
  return { fired, calm: calmly(sensor, published), waiting, trace, broken: all.broken };
}

const retry = { backoff: { first: 200, ceiling: 1_000 }, attempts: undefined, giveUpAfter: 3_600_000 };

/** What fires when nothing goes wrong. */
function calmly(sensor: ReturnType<typeof buildSensor>, events: readonly Event[]): string[] {
  const held = new Map<string, Matching>();
  const fired: string[] = [];
  for (const [sequence, event] of events.entries())
    for (const { name } of sensor.dependencies.filter((one) => one.subject === event.subject)) {
      const admitted = { dependency: name, event, sequence, storedAt: sequence };
      for (const decision of decide(sensor, (trigger, key) => held.get(`${trigger} ${key}`) ?? nothingHeld, admitted)) {
        if (decision.kind === 'alone') continue;
        if (decision.joined) held.set(`${decision.trigger.name} ${decision.joined.key}`, decision.joined.matching);
        if (decision.kind === 'fire') fired.push(shown(decision.firing));
      }
    }
  return fired;
}
