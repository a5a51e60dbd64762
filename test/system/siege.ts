import { setImmediate } from 'node:timers/promises';
import type { EventBus } from '../../eventbus/bus.ts';
import { createEmit } from '../../eventsources/emit.ts';
import { compileSourceFilter } from '../../eventsources/filter.ts';
import { compileSensor } from '../../sensors/compile.ts';
import type { Sensor } from '../../sensors/kind.ts';
import { runSensor } from '../../sensors/runner.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { EventData } from '../../src/core/event/data.ts';
import type { JsonObject } from '../../src/core/json/json.ts';
import { createTell, type Tell, type TellFields } from '../../src/core/telemetry/tell.ts';
import { systemClock } from '../../src/core/time/clock.ts';
import { Turns } from '../../src/core/time/turns.ts';
import { checkRule } from '../../src/manifests/check.ts';
import type { Attack } from '../support/attacks.ts';
import { buildEvent, noKube } from '../support/build-sensor.ts';
import { dataOf, neighbour, neighboursData, sensorOf } from './hostile-rules.ts';

/** Hostile rules that run at once. */
export const atOnce = 8;
/** An outcome that takes longer will never come, in milliseconds. */
const patience = 60_000;

interface Siege {
  /** How each ended: `refused` when the rule was loaded, `fired`, `filtered`, or set aside; with the code where there is one. */
  readonly endings: readonly { readonly attack: Attack; readonly end: string }[];
  /** For each event of the neighbour, how many programs were stopped by a limit between its publishing and its firing. */
  readonly waits: readonly number[];
  /** What was told of workers that failed. A lease may be lost, and an event come again, where the machine is busy with others. */
  readonly troubles: readonly string[];
}

/** What ends an event or a firing; with the code of its error. */
const ends: Record<string, string> = {
  eventFiltered: 'filtered',
  eventFilteredAtSource: 'filtered',
  eventPublished: 'published',
  triggerFired: 'fired',
  eventUnusable: 'set aside',
  firingParked: 'set aside',
};
const trouble = ['workerFailed', 'workerFailedAgain'];

/**
 * Runs every attack as a rule of its own, on one event, a few at once, all in this process; beside them a Sensor that means no harm and
 * gets an event for each attack.
 */
export async function besiege(attacks: readonly Attack[], openBus: (tell: Tell) => Promise<EventBus>): Promise<Siege> {
  const ended = new Map<string, (end: string) => void>();
  const ready = new Map<string, () => void>();
  const troubles: string[] = [];
  let stopped = 0;
  const waits: number[] = [];
  /** The neighbour's events that have not been fired for, with how many programs had been stopped before. */
  const waiting = new Map<unknown, number>();
  let served = (): void => {};
  const neighbourFired = (event: unknown): void => {
    const before = waiting.get(event);
    // One that comes again after a lost lease is fired for once more.
    if (before === undefined) return;
    waiting.delete(event);
    waits.push(stopped - before);
    if (waits.length === attacks.length) served();
  };
  const tell = createTell((name, _happening, fields) => {
    if (name === 'leaseTaken') ready.get(String(fields['sensor']))?.();
    if (trouble.includes(name)) troubles.push(`${name} ${fields['sensor'] ?? ''}${fields['error'] ?? ''}`);
    const end = ends[name];
    if (isLimit(fields)) stopped += 1;
    if (name === 'triggerFired' && fields['sensor'] === 'neighbour') neighbourFired(fields['event']);
    if (end) ended.get(String(fields['sensor'] ?? fields['event']))?.(withCode(end, fields));
  });
  const bus = await openBus(tell);
  const turns = new Turns(systemClock);
  const stop = new AbortController();
  const publish = (name: string, data: string, id = name) =>
    bus.publish({ ...buildEvent(id, { subject: name }), data: EventData.fromText(data) });

  /** Does what makes an event for `name`; resolves when that has ended. */
  async function endOf(name: string, make: () => Promise<unknown>): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const end = new Promise<string>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`${name} has not ended`)), patience);
      ended.set(name, resolve);
    });
    try {
      const [how] = await Promise.all([end, make()]);
      return how;
    } finally {
      clearTimeout(timer);
    }
  }
  /** Resolves when it takes events, with the way to stop it. */
  async function start(rule: JsonObject, name: string): Promise<() => Promise<void>> {
    const controller = new AbortController();
    const { compiled } = compileSensor(rule as unknown as Sensor);
    const taken = new Promise<void>((resolve) => ready.set(name, resolve));
    const running = runSensor(compiled!, {
      bus,
      kube: noKube,
      clock: systemClock,
      tell,
      turns,
      signal: controller.signal,
      drainFor: 1_000,
    });
    await taken;
    return async () => {
      controller.abort();
      await running;
    };
  }

  async function inSensor(attack: Attack, name: string): Promise<string> {
    const rule = sensorOf(attack, name);
    const checked = checkRule(rule);
    await setImmediate();
    if (!checked?.rule) return `refused ${checked?.findings.find(({ severity }) => severity === 'error')?.code}`;
    const stopIt = await start(checked.rule.value as JsonObject, name);
    try {
      return await endOf(name, () => publish(name, dataOf(attack)));
    } finally {
      await stopIt();
    }
  }

  async function inSource(attack: Attack, name: string): Promise<string> {
    const filter = compileSourceFilter(attack.text);
    const origin = { source: 'es', subject: name, type: 'test' };
    const party = turns.party();
    const emit = createEmit({ origin, bus, clock: systemClock, tell, signal: stop.signal, patiently: (once) => once(), filter, party });
    return endOf(name, () => emit({ id: name, data: EventData.fromText(dataOf(attack)) }));
  }

  const stopNeighbour = await start(checkRule(neighbour)!.rule!.value as JsonObject, 'neighbour');
  const endings: { attack: Attack; end: string }[] = [];
  const allServed = new Promise<void>((resolve) => {
    served = resolve;
  });
  const attack = async (one: Attack, name: string): Promise<string> => {
    waiting.set(`neighbour-${name}`, stopped);
    await publish('neighbour', neighboursData, `neighbour-${name}`);
    try {
      return await (one.language === 'expr-lang' ? inSource(one, name) : inSensor(one, name));
    } catch (thrown) {
      if (thrown instanceof EngineError) return `refused ${thrown.code}`;
      throw thrown;
    }
  };
  const left = attacks.map((one, index) => ({ one, name: `attack-${index}` }));
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let next = left.shift(); next; next = left.shift()) endings.push({ attack: next.one, end: await attack(next.one, next.name) });
    }),
  );
  await allServed;
  await stopNeighbour();
  stop.abort();
  await bus[Symbol.asyncDispose]();
  return { endings, waits, troubles };
}

const isLimit = ({ error }: TellFields): boolean => error instanceof EngineError && error.code === 'EVENT_LIMIT';
const withCode = (end: string, { error }: TellFields): string => (error instanceof EngineError ? `${end} ${error.code}` : end);

/** Those that ended in another way than they may, a line each. */
export const odd = ({ endings }: Siege): string[] =>
  endings
    .filter(({ end }) => !/^(fired|filtered|published|refused EVENT_TOO_LARGE|(refused CONFIG|set aside EVENT)_[A-Z_]+)$/.test(end))
    .map(({ attack, end }) => `${attack.language}: ${attack.name}: ${end}`);
