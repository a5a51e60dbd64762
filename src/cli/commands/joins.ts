/** `sensorium joins`: which events wait for others, and for which. */
import pc from 'picocolors';
import { missing, parseExpression } from '../../../sensors/conditions/expression.ts';
import { decodeHead, headPrefix, readHeadKey } from '../../../sensors/conditions/head.ts';
import { nameOnBus } from '../../../sensors/names.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { stringifyJson } from '../../core/json/stringify.ts';
import { systemClock } from '../../core/time/clock.ts';
import { reachBuses } from '../decisions/buses.ts';
import { chooseKnown, type KnownSensor, sensorsOn } from '../decisions/notes.ts';
import { when } from '../decisions/when.ts';
import type { BusFlags } from '../flags.ts';
import type { Output } from '../output.ts';

export type JoinsFlags = BusFlags & { readonly trigger?: string; readonly output: 'text' | 'json' };

/** What one trigger holds under one key. */
interface Waiting {
  readonly sensor: string;
  readonly trigger: string;
  readonly key: string;
  readonly held: readonly { readonly dependency: string; readonly id: string; readonly since: number }[];
  /** Undefined where the rule is not known. */
  readonly missing: readonly string[] | undefined;
}

/** Answers 0 when something waits, 1 when nothing does. Throws EngineError. */
export async function joins(wanted: string | undefined, flags: JoinsFlags, { write, warn }: Output): Promise<number> {
  const now = systemClock.now();
  await using reached = await reachBuses(flags);
  const known = await sensorsOn(reached.buses);
  const partials: Waiting[] = [];
  for (const one of wanted === undefined ? known : [chooseKnown(known, wanted).known]) partials.push(...(await partialsOf(one)));
  const shown = partials.filter(({ trigger }) => flags.trigger === undefined || flags.trigger === trigger);
  if (flags.output === 'json') write(stringifyJson(shown as unknown as JsonObject[]));
  else for (const partial of shown) write(text(partial, now));
  if (shown.length === 0) warn('no event waits for others');
  return shown.length > 0 ? 0 : 1;
}

async function partialsOf({ bus, status }: KnownSensor): Promise<Waiting[]> {
  const found: Waiting[] = [];
  for await (const { key: entry, value } of (await bus.state(nameOnBus(status))).entries(headPrefix)) {
    const { trigger, key } = readHeadKey(entry);
    // Payloads with entries of their own are not needed to say who waits.
    const { matching } = await decodeHead(value, async () => new Uint8Array());
    if (matching.size === 0) continue;
    const condition = status.triggers.find(({ name }) => name === trigger)?.condition;
    found.push({
      sensor: `${status.namespace}/${status.name}`,
      trigger,
      key,
      held: [...matching].flatMap(([dependency, those]) =>
        those.map(({ event, storedAt }) => ({ dependency, id: event.id, since: storedAt })),
      ),
      missing: condition === undefined ? undefined : missing(parseExpression(condition), (name) => matching.has(name)),
    });
  }
  return found;
}

function text({ sensor, trigger, key, held, missing: lacks }: Waiting, now: number): string {
  const under = key === '' ? '' : `, key ${stringifyJson(key)}`;
  const waits = lacks === undefined ? 'waits for others' : `waits for ${lacks.join(', ')}`;
  const lines = held.map(({ dependency, id, since }) => `  has ${dependency}: event ${id}, since ${when(since, now)}`);
  return [`${pc.bold(sensor)}, trigger ${trigger}${under}  ${pc.yellow(waits)}`, ...lines].join('\n');
}
