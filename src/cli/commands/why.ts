/**
 * `sensorium why`: what became of the events that met a Sensor, and why it did not fire. It asks what the running processes have left on the
 * bus, so it answers at once and disturbs nobody.
 */
import pc from 'picocolors';
import type { Decision } from '../../../sensors/decisions/decision.ts';
import type { Json } from '../../core/json/json.ts';
import { stringifyJson } from '../../core/json/stringify.ts';
import { isAlive } from '../../core/telemetry/notebook.ts';
import { systemClock } from '../../core/time/clock.ts';
import { reachBuses } from '../decisions/buses.ts';
import { chooseKnown, decisionsOf, isForeign, type KnownSensor, sensorsOn, titleOf } from '../decisions/notes.ts';
import type { RuleFile } from '../decisions/rule-file.ts';
import { type Silence, silence } from '../decisions/silence.ts';
import { story } from '../decisions/story.ts';
import { when } from '../decisions/when.ts';
import type { BusFlags } from '../flags.ts';
import type { Output } from '../output.ts';

export interface WhyFlags extends BusFlags {
  readonly trigger?: string;
  readonly last: number;
  readonly event?: string;
  readonly saveTest?: string;
  readonly output: 'text' | 'json';
  readonly verbose: boolean;
}

/** Answers the exit code: 0 when events of it are known, 1 when there is none. Throws EngineError. */
export async function why(wanted: string, files: readonly string[], flags: WhyFlags, { write, warn }: Output): Promise<number> {
  const now = systemClock.now();
  await using reached = await reachBuses(flags);
  const { known, trigger } = chooseKnown(await sensorsOn(reached.buses), wanted);
  const asked = trigger === undefined ? flags : { trigger, ...flags };
  const rule = files.length === 0 ? undefined : await ruleIn(files, known.status.name, warn);
  const chosen = choose(await decisionsOf(known), known, asked);
  const reasons = chosen.length === 0 && flags.event === undefined ? await silence(known, now) : [];
  if (flags.saveTest !== undefined) {
    const { saveTest } = await import('../decisions/save-test.ts');
    saveTest(flags.saveTest, chosen, { status: known.status, files, warn });
  }
  if (flags.output === 'json') {
    write(stringifyJson({ sensor: known.status, bus: known.bus.describe, silence: reasons, events: chosen } as unknown as Json));
    return chosen.length > 0 ? 0 : 1;
  }
  write(heading(known, now));
  for (const decision of chosen)
    write((await story(decision, known.status, { now, rule, verbose: flags.verbose || flags.event !== undefined })).join('\n'));
  const { skipped = 0 } = known.status;
  if (skipped > 0) write(pc.dim(`  ${skipped === 1 ? 'one event was' : `${skipped} events were`} too many at once to leave a decision`));
  if (chosen.length === 0) write(nothing(known, asked, reasons));
  return chosen.length > 0 ? 0 : 1;
}

/** To read a rule, everything that rules are made of is loaded: this waits until files are given. */
async function ruleIn(files: readonly string[], name: string, warn: Output['warn']): Promise<RuleFile | undefined> {
  const { ruleFileOf } = await import('../decisions/rule-file.ts');
  return ruleFileOf(files, name, warn);
}

/** The last of those that are asked for, oldest first. */
function choose(decisions: readonly Decision[], { status }: KnownSensor, { trigger, event, last }: WhyFlags): Decision[] {
  const concerned = decisions.filter(
    (one) =>
      (event === undefined || one.event.id === event || (event.length >= 6 && one.event.id.startsWith(event))) &&
      (trigger === undefined || one.triggers.length === 0 || one.triggers.some((fate) => fate.trigger === trigger)),
  );
  const shown = concerned.slice(-last);
  return trigger === undefined
    ? shown
    : shown.map((one) => ({
        ...one,
        dependencies: isForeign(status) ? one.dependencies.filter(({ dependency }) => dependency === trigger) : one.dependencies,
        triggers: one.triggers.filter((fate) => fate.trigger === trigger),
      }));
}

function heading({ bus, status }: KnownSensor, now: number): string {
  const { startedAt, seenAt, stoppedAt, events } = status;
  const state =
    stoppedAt !== undefined
      ? pc.red(`was stopped at ${when(stoppedAt, now)}`)
      : isAlive(status, now)
        ? `works since ${when(startedAt, now)}, and has taken ${events === 1 ? 'one event' : `${events} events`}`
        : pc.red(`does not run: nothing was heard of it since ${when(seenAt, now)}`);
  return `${pc.bold(titleOf(status))}  ${state}  ${pc.dim(`(${bus.describe})`)}`;
}

function nothing({ status }: KnownSensor, { event, trigger }: WhyFlags, reasons: readonly Silence[]): string {
  if (event !== undefined)
    return `  no decision about event ${event} is kept: it never came, or it was long ago (--decisions says how many are kept)`;
  const lines = [`  no event has met ${trigger === undefined ? 'it' : `trigger ${trigger}`} that is remembered`];
  if (trigger !== undefined && !status.triggers.some(({ name }) => name === trigger))
    lines.push(`  it has no trigger ${trigger}; it has ${status.triggers.map(({ name }) => name).join(', ')}`);
  for (const { dependency, because, hint } of reasons) {
    lines.push(`  dependency ${pc.bold(dependency)}  ${because}`);
    if (hint !== undefined) lines.push(`    try: ${hint}`);
  }
  return lines.join('\n');
}
