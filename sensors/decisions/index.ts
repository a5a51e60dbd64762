/**
 * The way in: a sensor that leaves its decisions on the bus while it runs, the last so many, and says that it is alive.
 *
 * Called by the runner for each shift; it changes nothing about what the sensor does. What is kept, and what of it is hidden, is in
 * `docs/privacy.md`.
 */
import type { EventBus } from '../../eventbus/bus.ts';
import { heartbeat, Notebook, type Notebooks, notesName } from '../../src/core/telemetry/notebook.ts';
import { alsoHeard, type Tell } from '../../src/core/telemetry/tell.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import type { CompiledSensor } from '../compiled.ts';
import { withDlqs } from '../firing/dlq.ts';
import { type Decision, decisionPrefix } from './decision.ts';
import { Recorder } from './recorder.ts';
import { takeSeat } from './seat.ts';
import { type SensorStatus, sensorStatusKey } from './status.ts';
import { watchedSensor } from './watched.ts';
import { written } from './written.ts';

export interface Recorded {
  /** To be run in the place of the sensor, with this `tell`. */
  readonly sensor: CompiledSensor;
  readonly tell: Tell;
  /** Writes what is left. `clean` says that the sensor has stopped, and was not replaced by another owner. */
  end(clean: boolean): Promise<void>;
}

interface RecordedContext {
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly tell: Tell;
  readonly notebooks?: Notebooks;
  readonly isBeside: boolean;
}

/**
 * Begins to record. Reads first which places of the store are older; a store that cannot be read has none. `isBeside` says that others take the
 * sensor's events at the same time. Never rejects.
 */
export async function recorded(
  sensor: CompiledSensor,
  most: number,
  { bus, clock, tell, notebooks = { open: 0 }, isBeside }: RecordedContext,
): Promise<Recorded> {
  const { namespace, name } = sensor;
  const startedAt = clock.now();
  let events = 0;
  let isNoted = false;
  let stopped: { readonly stoppedAt: number } | undefined;
  const status = (): SensorStatus => ({
    kind: 'Sensor',
    namespace,
    name,
    startedAt,
    seenAt: clock.now(),
    ...stopped,
    dependencies: sensor.dependencies.map(({ name: dependency, source, subject }) => ({ name: dependency, source, subject })),
    triggers: withDlqs(sensor.triggers).map(({ name: trigger, dependencies, condition }) => ({
      name: trigger,
      waitsFor: dependencies,
      condition,
    })),
    events,
  });
  const seat = isBeside ? await seatOf(sensor, bus, status) : 0;
  const prefix = decisionPrefix(namespace, name, seat);
  const key = sensorStatusKey(namespace, name, seat);
  const notes = new Notebook(() => bus.state(notesName), { clock, tell, notebooks });
  const places = await placesFor(bus, prefix, most);
  const dependencies = new Map(sensor.dependencies.map((one) => [one.name, one]));
  const recorder = new Recorder({
    clock,
    places,
    sharers: () => notebooks.open,
    changed: (open) => notes.note(`${prefix}${open.slot}`, () => written(open, dependencies)),
    passedOver: (count) => tell.decisionsSkipped({ sensor: name, count }),
  });
  const statusNote = (): string => {
    isNoted = false;
    return JSON.stringify({ ...status(), ...(recorder.passed > 0 ? { skipped: recorder.passed } : {}) } satisfies SensorStatus);
  };
  let cancel = (): void => {};
  const beat = (): void => {
    notes.note(key, statusNote);
    cancel = clock.after(heartbeat, beat);
  };
  beat();

  return {
    sensor: watchedSensor(sensor, recorder),
    tell: alsoHeard(tell, {
      ...recorder.hears,
      eventReceived: () => {
        events += 1;
        if (isNoted) return;
        isNoted = true;
        notes.note(key, statusNote);
      },
    }),
    async end(clean) {
      cancel();
      recorder.tellPassed();
      if (clean) {
        stopped = { stoppedAt: clock.now() };
        notes.note(key, statusNote);
      }
      await notes.end();
    },
  };
}

/** Two who cannot ask may sit in one place, and write over each other's decisions. */
const seatOf = async (sensor: CompiledSensor, bus: EventBus, status: () => SensorStatus): Promise<number> => {
  try {
    return await takeSeat(sensor, await bus.state(notesName), status);
  } catch {
    return 1;
  }
};

/** Places that nobody has used, then those of the oldest decisions. */
async function placesFor(bus: EventBus, prefix: string, most: number): Promise<number[]> {
  const usedAt = new Map<number, number>();
  try {
    for await (const { key, value } of (await bus.state(notesName)).entries(prefix)) {
      const { at } = JSON.parse(Buffer.from(value).toString('utf8')) as Decision;
      usedAt.set(Number(key.slice(prefix.length)), at);
    }
  } catch {
    usedAt.clear();
  }
  const all = Array.from({ length: most }, (_, place) => place);
  return all.sort((a, b) => (usedAt.get(a) ?? 0) - (usedAt.get(b) ?? 0));
}
