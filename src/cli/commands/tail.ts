/**
 * `sensorium tail`: events as they come, or what a Sensor decides about them. It only looks: nobody else gets fewer events for that.
 */
import { writeFileSync } from 'node:fs';
import type { Decision } from '../../../sensors/decisions/decision.ts';
import { hidden } from '../../../sensors/decisions/redact.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import { fileReasonOf, fromUnknown } from '../../core/errors/from-unknown.ts';
import type { JqProgram } from '../../core/jq/index.ts';
import type { Json } from '../../core/json/json.ts';
import { stringifyJson } from '../../core/json/stringify.ts';
import { untilSignal } from '../../core/lifecycle/until-signal.ts';
import { systemClock } from '../../core/time/clock.ts';
import { toYaml } from '../../core/yaml/print.ts';
import { reachBuses } from '../decisions/buses.ts';
import { decisionLine, eventData, eventLine } from '../decisions/lines.ts';
import { chooseKnown, decisionsOf, isForeign, type KnownSensor, sensorsOn } from '../decisions/notes.ts';
import { saveTest } from '../decisions/save-test.ts';
import type { ReachedBus } from '../decisions/through-door.ts';
import type { BusFlags } from '../flags.ts';
import type { Output } from '../output.ts';

export interface TailFlags extends BusFlags {
  readonly jq?: string;
  readonly save?: string;
  readonly last: number;
  readonly count?: number;
  readonly output: 'text' | 'json';
}

/** How often the bus is looked at, in milliseconds. */
const lookEvery = 300;

/** Something new: as data, and as a line. */
interface News {
  /** Of the event. */
  readonly id: string;
  readonly data: Json;
  readonly line: string;
  readonly decision?: Decision;
}

/** Ends at the signal, or after `count`. Answers 0. Throws EngineError. */
export async function tail(
  sensor: string | undefined,
  files: readonly string[],
  flags: TailFlags,
  { write, warn }: Output,
): Promise<number> {
  const signal = untilSignal();
  const program = flags.jq === undefined ? undefined : (await import('../../core/jq/index.ts')).compileJq(flags.jq);
  await using reached = await reachBuses(flags);
  const known = sensor === undefined ? undefined : chooseKnown(await sensorsOn(reached.buses), sensor).known;
  /** By event; only where they are saved, since a tail may run for days. */
  const kept = new Map<string, News>();
  const news = known ? newDecisions(known, flags.last, signal) : newEvents(reached.buses, flags.last, signal);
  let left = flags.count ?? Number.POSITIVE_INFINITY;
  for await (const one of news) {
    for (const text of program ? results(program, one.data, warn) : [flags.output === 'json' ? stringifyJson(one.data) : one.line])
      write(text);
    if (flags.save !== undefined) kept.set(one.id, one);
    left -= 1;
    if (left <= 0) break;
  }
  if (flags.save === undefined) return 0;
  const all = [...kept.values()];
  if (known)
    saveTest(
      flags.save,
      all.flatMap(({ decision }) => decision ?? []),
      { status: known.status, files, warn },
    );
  else
    saveEvents(
      flags.save,
      all.map(({ data }) => data),
      warn,
    );
  return 0;
}

/** What a program makes of it, a line; texts as they are. A program that fails on one goes on with the next. */
function results(program: JqProgram, data: Json, warn: Output['warn']): string[] {
  try {
    const result = program.first(data);
    return result === undefined || result === null ? [] : [typeof result === 'string' ? result : stringifyJson(result)];
  } catch (thrown) {
    warn(fromUnknown(thrown).message);
    return [];
  }
}

async function* newEvents(buses: readonly ReachedBus[], last: number, signal: AbortSignal): AsyncGenerator<News> {
  const places = new Map<ReachedBus, number>();
  for (const bus of buses) places.set(bus, Math.max(0, (await bus.lastSequence()) - last));
  while (!signal.aborted) {
    for (const [bus, place] of places) {
      for await (const { event, sequence, storedAt } of bus.replay(undefined, place, signal)) {
        places.set(bus, sequence);
        yield { id: event.id, data: eventData(event), line: eventLine(event, storedAt) };
      }
    }
    await systemClock.sleep(lookEvery, signal);
  }
}

/** Each decision again whenever more has come of it. */
async function* newDecisions(known: KnownSensor, last: number, signal: AbortSignal): AsyncGenerator<News> {
  let before = new Map<string, string>();
  for (let first = true; !signal.aborted; first = false) {
    const all = await decisionsOf(known);
    const now = new Map(all.map((one) => [one.event.id, decisionLine(one, { foreign: isForeign(known.status) })]));
    for (const [index, decision] of all.entries()) {
      const { id } = decision.event;
      const isOld = first ? index < all.length - last : before.get(id) === now.get(id);
      if (!isOld) yield { id, data: { decision } as unknown as Json, line: now.get(id)!, decision };
    }
    before = now;
    await systemClock.sleep(lookEvery, signal);
  }
}

/** A file that `dry-run --event` takes. */
function saveEvents(path: string, events: readonly Json[], warn: Output['warn']): void {
  const secret = events.filter((event) => stringifyJson(event).includes(hidden)).length;
  try {
    writeFileSync(path, events.map((event) => `${toYaml(event)}\n`).join('---\n'));
  } catch (cause) {
    throw new EngineError('CONFIG_INVALID', { problem: `cannot write ${path}: ${fileReasonOf(cause)}` }, { cause });
  }
  warn(`wrote ${events.length} events to ${path}${secret > 0 ? `; in ${secret} of them secret values are hidden` : ''}`);
}
