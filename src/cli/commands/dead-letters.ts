/**
 * `sensorium dead-letters`: what was given up, with its reason: listed, shown, tried again, or dropped.
 */
import pc from 'picocolors';
import type { SensorStatus } from '../../../sensors/decisions/status.ts';
import { nameOnBus } from '../../../sensors/names.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import type { Json } from '../../core/json/json.ts';
import { stringifyJson } from '../../core/json/stringify.ts';
import { untilSignal } from '../../core/lifecycle/until-signal.ts';
import { systemClock } from '../../core/time/clock.ts';
import { reachBuses } from '../decisions/buses.ts';
import { type Letter, type LetterFilter, lettersOn, triggerOf } from '../decisions/letters.ts';
import { type Later, movedOn } from '../decisions/moved-on.ts';
import { isForeign, sensorsOn, titleOf } from '../decisions/notes.ts';
import { replayLetter } from '../decisions/replay-letter.ts';
import { letterData, showLetter, showLetterShortly } from '../decisions/show-letter.ts';
import { when } from '../decisions/when.ts';
import type { BusFlags, KubeFlags } from '../flags.ts';
import type { Output } from '../output.ts';

export type LetterFlags = BusFlags & Omit<LetterFilter, 'ids'> & { readonly output: 'text' | 'json' };
export type ActFlags = LetterFlags & { readonly all: boolean; readonly dryRun: boolean };
export type ReplayFlags = ActFlags & KubeFlags & { readonly force: boolean; readonly rules: readonly string[] };

/** How often progress is told, in milliseconds. */
const progressEvery = 1_000;

/** Answers 0 when there is one, 1 when there is none. */
export async function listLetters(flags: LetterFlags, { write, warn }: Output): Promise<number> {
  const now = systemClock.now();
  await using reached = await reachBuses(flags);
  const letters = await lettersOn(reached.buses, { ...flags, ids: [] }, now);
  if (flags.output === 'json') write(stringifyJson(letters.map((one) => letterData(one)) as Json));
  else for (const letter of letters) write(showLetterShortly(letter, now));
  if (letters.length === 0) warn('there is no dead letter');
  return letters.length > 0 ? 0 : 1;
}

export async function showLetters(ids: readonly string[], flags: LetterFlags, { write }: Output): Promise<number> {
  const now = systemClock.now();
  await using reached = await reachBuses(flags);
  const letters = await lettersOn(reached.buses, { ids }, now);
  const later = await movedOn(letters, untilSignal());
  if (flags.output === 'json') write(stringifyJson(letters.map((one) => letterData(one)) as Json));
  else for (const letter of letters) write(showLetter(letter, later.get(letter), now).join('\n'));
  return 0;
}

/** Answers 0 when all that were chosen were put back, 1 when some were not. */
export async function replayLetters(ids: readonly string[], flags: ReplayFlags, { write, warn }: Output): Promise<number> {
  const now = systemClock.now();
  const signal = untilSignal();
  await using reached = await reachBuses(flags);
  const letters = await chosen(reached.buses, ids, flags, now);
  const later = await movedOn(letters, signal);
  const known = await sensorsOn(reached.buses);
  const refusal = (letter: Letter): string | undefined => {
    const status = known.find(({ status: one }) => one.namespace === letter.namespace && one.name === letter.sensor)?.status;
    return notReplayable(letter, status) ?? (flags.force ? undefined : supersededBy(later.get(letter), now));
  };
  if (flags.dryRun) {
    const { rehearseLetter } = await import('../decisions/rehearse-letter.ts');
    const { rulesAtHand } = await import('../decisions/rule-at-hand.ts');
    await using rules = rulesAtHand(flags, warn);
    for (const letter of letters) {
      const because = refusal(letter);
      write(`${showLetterShortly(letter, now)}${because === undefined ? '' : `\n  ${pc.yellow('would be left')}: ${because}`}`);
      if (because !== undefined) continue;
      const rule = await rules.of({ namespace: letter.namespace, name: letter.sensor });
      for (const line of await rehearseLetter(letter, rule)) write(line);
    }
    return 0;
  }
  let done = 0;
  let left = 0;
  const nudged = new Set<string>();
  await steadily(letters, { signal, warn, what: 'put back' }, async (letter) => {
    const because = refusal(letter);
    if (because !== undefined) {
      left += 1;
      warn(`${letter.id} is left: ${because}`);
      return;
    }
    if (await replayLetter(letter, systemClock.now())) done += 1;
    const queue = nameOnBus({ namespace: letter.namespace, name: letter.sensor });
    if (!nudged.has(queue) || done % 100 === 0) await letter.bus.nudge(queue);
    nudged.add(queue);
  });
  for (const letter of letters) {
    const queue = nameOnBus({ namespace: letter.namespace, name: letter.sensor });
    if (nudged.delete(queue)) await letter.bus.nudge(queue);
  }
  write(`${done} put back to be tried again${left > 0 ? `, ${left} left` : ''}`);
  return left > 0 ? 1 : 0;
}

export async function dropLetters(ids: readonly string[], flags: ActFlags, { write, warn }: Output): Promise<number> {
  const now = systemClock.now();
  await using reached = await reachBuses(flags);
  const letters = await chosen(reached.buses, ids, flags, now);
  if (flags.dryRun) {
    for (const letter of letters) write(showLetterShortly(letter, now));
    return 0;
  }
  let done = 0;
  await steadily(letters, { signal: untilSignal(), warn, what: 'dropped' }, async ({ bus, sequence }) => {
    await (await bus.parked()).remove(sequence);
    done += 1;
  });
  write(`${done} dropped`);
  return 0;
}

/** Nothing is done to all of them by mistake. */
async function chosen(buses: Parameters<typeof lettersOn>[0], ids: readonly string[], flags: ActFlags, now: number): Promise<Letter[]> {
  const { sensor, trigger, reason, event, olderThan, newerThan, all } = flags;
  const isChosen = ids.length > 0 || [sensor, trigger, reason, event, olderThan, newerThan].some((one) => one !== undefined);
  if (!isChosen && !all) {
    const hint = 'name ids, or choose with --sensor, --trigger, --reason, --event, --older-than or --newer-than; --all means all';
    throw new EngineError('CONFIG_MISSING', { problem: 'nothing says which dead letters' }, { hint });
  }
  return lettersOn(buses, { ...flags, ids }, now);
}

/** One after another until the signal aborts, with a word now and then about how far it has come. */
async function steadily(
  letters: readonly Letter[],
  { signal, warn, what }: { signal: AbortSignal; warn: Output['warn']; what: string },
  act: (letter: Letter) => Promise<void>,
): Promise<void> {
  let told = systemClock.monotonic();
  for (const [index, letter] of letters.entries()) {
    if (signal.aborted) {
      warn(`stopped after ${index} of ${letters.length}; the others are as they were`);
      return;
    }
    await act(letter);
    if (systemClock.monotonic() - told < progressEvery) continue;
    told = systemClock.monotonic();
    warn(`${index + 1} of ${letters.length} ${what}`);
  }
}

function notReplayable(letter: Letter, status: SensorStatus | undefined): string | undefined {
  const { events, isWhole, namespace, sensor, dependency } = letter;
  if (events.size === 0) return 'it is no event, so there is nothing to try again';
  if (!isWhole) return 'its payload was too large to be kept';
  if (!status) return undefined;
  const rule = isForeign({ name: sensor }) ? titleOf({ namespace, name: sensor }) : 'the Sensor';
  const trigger = triggerOf(letter);
  const has = (list: readonly { readonly name: string }[], wanted: string | undefined) => list.some(({ name }) => name === wanted);
  if (trigger !== undefined) return has(status.triggers, trigger) ? undefined : `${rule} has no trigger ${trigger} any more`;
  return has(status.dependencies, dependency) ? undefined : `${rule} has no dependency ${dependency} any more`;
}

const supersededBy = (later: Later | undefined, now: number): string | undefined =>
  later && `its object has moved on: event ${later.id} came at ${when(later.storedAt, now)}; --force tries it all the same`;
