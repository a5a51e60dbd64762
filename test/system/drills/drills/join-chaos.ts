import { setTimeout as delay } from 'node:timers/promises';
import { startNats } from '../../../support/nats.ts';
import { freePort } from '../../../support/ports.ts';
import { randomNumbers } from '../../../support/random.ts';
import { call } from '../callers.ts';
import type { Drill } from '../drill.ts';
import type { Ground } from '../ground.ts';
import { rule } from '../rules.ts';
import { startTarget } from '../target.ts';

const parts = ['a', 'b', 'c'] as const;
type Part = (typeof parts)[number];

/** The ledger holds firings: "chaos 7 a3 b9 c8" is that of the events 3, 9 and 8 of key 7. */
export const joinChaos: Drill = {
  name: 'join-chaos',
  what: 'joins of three dependencies by key while event source, sensor and bus are killed (-9); what fires is what fires in calm',
  async run(ground) {
    const nats = ground.keep(await startNats());
    const target = await startTarget(ground);
    const port = await freePort();
    const rules = ground.write(joining(port, target.url));
    const start = (part: 'eventsource' | 'sensor') => ground.start(part, rules, { bus: nats.url });
    let source = await start('eventsource');
    let sensor = await start('sensor');

    const keys = Array.from({ length: 24 }, (_, key) => ({ key, seed: ground.between(0, 1_000_000_000) }));
    const over = new AbortController();
    const walking = Promise.all(keys.map((one) => walk(ground, { ...one, port, phase: 'chaos', signal: over.signal })));
    for (let kills = 0; kills < ground.size(15, 3); kills++) {
      await delay(ground.between(0, 2_000));
      const victim = kills % 3;
      ground.say(`kills ${['the event source', 'the sensor', 'the bus'][victim]}`);
      if (victim === 0) {
        await source.stop('SIGKILL');
        source = await start('eventsource');
      } else if (victim === 1) {
        await sensor.stop('SIGKILL');
        // More may wait on the bus than it takes at once, behind what it had in work.
        await delay(ground.between(0, ground.size(6_000, 500)));
        sensor = await start('sensor');
      } else await nats.restart();
    }
    over.abort();
    const walked = await walking;
    for (const [key, sequence] of walked.entries()) for (const firing of firingsOf(key, sequence)) ground.ledger.accept(`chaos ${firing}`);
    ground.say(`${walked.flat().length} events, ${ground.ledger.accepted} firings`);
    await ground.untilQuiet();

    await Promise.all(keys.map((one) => walk(ground, { ...one, port, phase: 'calm', count: walked[one.key]!.length })));
    for (const [key, sequence] of walked.entries()) for (const firing of firingsOf(key, sequence)) ground.ledger.accept(`calm ${firing}`);
    await ground.untilQuiet();
    const fired = (phase: string): string[] =>
      [...target.times.keys()].filter((name) => name.startsWith(phase)).map((name) => name.slice(phase.length));
    const calm = new Set(fired('calm'));
    const strange = fired('chaos').filter((firing) => !calm.has(firing));
    if (strange.length > 0) throw new Error(`fired, and not in calm: ${strange.slice(0, 20).join(',')}`);
  },
};

interface Walk {
  readonly key: number;
  readonly seed: number;
  readonly port: number;
  readonly phase: 'chaos' | 'calm';
  /** Ends after so many events, or when the signal aborts. */
  readonly count?: number;
  readonly signal?: AbortSignal;
}

/** Sends events of one key one after another, by chance to one of the three, so that their order on the bus is that of the walk; resolves with it. */
async function walk(ground: Ground, { key, seed, port, phase, ...until }: Walk): Promise<Part[]> {
  const random = randomNumbers(seed);
  const walked: Part[] = [];
  const partOf = (number: number): Part => (walked[number] ??= parts[Math.floor(random() * parts.length)]!);
  await call(ground, {
    ...until,
    urls: (number) => [`http://127.0.0.1:${port}/${partOf(number)}`],
    from: 0,
    callers: 1,
    rate: 15,
    insists: true,
    body: (number) => ({ key: `${phase} ${key}`, part: `${partOf(number)}${number}` }),
    promises: () => [],
  });
  return walked;
}

/** What three dependencies fire that meet under one key, of which the newest count. */
function firingsOf(key: number, sequence: readonly Part[]): string[] {
  const firings: string[] = [];
  const held = new Map<Part, number>();
  for (const [number, part] of sequence.entries()) {
    held.set(part, number);
    if (held.size < parts.length) continue;
    firings.push(`${key} ${parts.map((one) => `${one}${held.get(one)}`).join(' ')}`);
    held.clear();
  }
  return firings;
}

const joining = (port: number, url: string) => [
  rule('EventSource', 'parts', {
    webhook: Object.fromEntries(parts.map((part) => [part, { port: String(port), endpoint: `/${part}`, method: 'POST' }])),
  }),
  rule('Sensor', 'together', {
    dependencies: parts.map((part) => ({ name: part, eventSourceName: 'parts', eventName: part })),
    triggers: [
      {
        template: {
          name: 'post',
          conditions: 'a && b && c',
          join: { key: '.body.key' },
          http: {
            url,
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            payload: [
              { src: { dependencyName: 'a', dataKey: 'body.key' }, dest: 'n.key' },
              ...parts.map((part) => ({ src: { dependencyName: part, dataKey: 'body.part' }, dest: `n.${part}` })),
            ],
          },
        },
      },
    ],
  }),
];
