/** The story of an event at a sensor, for a person: what each dependency said, what each trigger did, and what to change. */
import pc from 'picocolors';
import type { Attempt, Decision, Failure, Fate, Judged } from '../../../sensors/decisions/decision.ts';
import { hidden } from '../../../sensors/decisions/redact.ts';
import type { SensorStatus } from '../../../sensors/decisions/status.ts';
import { stringifyJson } from '../../core/json/stringify.ts';
import { showDuration } from '../../core/time/duration.ts';
import { toYaml } from '../../core/yaml/print.ts';
import { originOf } from './lines.ts';
import { isForeign } from './notes.ts';
import type { RuleFile } from './rule-file.ts';
import { when } from './when.ts';

export interface StoryOptions {
  readonly now: number;
  /** The rule as its file says it, where files are given. */
  readonly rule: RuleFile | undefined;
  readonly verbose: boolean;
}

export async function story(decision: Decision, status: SensorStatus, options: StoryOptions): Promise<string[]> {
  const { event, at, dependencies, triggers, payload, payloadBytes } = decision;
  const lines = [`${pc.bold(`event ${event.id}`)} of ${originOf(event)}  ${pc.dim(when(at, options.now))}`];
  for (const judged of dependencies)
    lines.push(...judgedLines(judged, decision, status, options), ...(await clauseLines(judged, decision, options)));
  if (decision.refusalsLeftOut)
    lines.push(pc.dim(`  refused by other ${isForeign(status) ? 'triggers' : 'dependencies'} too: of so many, not all are kept`));
  for (const fate of triggers) lines.push(...fateLines(fate, decision, options));
  const others = untried(decision, status);
  if (decision.triggersLeftOut && others.length > 0) lines.push(pc.dim(`  nothing is kept of ${leftOut(others)}: too much came at once`));
  else for (const trigger of others) lines.push(`  trigger ${trigger}  ${pc.yellow('waits for its turn')}: it was not tried yet`);
  if (options.verbose && payload !== undefined) lines.push('  payload', ...indented(toYaml(payload), 4));
  if (options.verbose && payloadBytes) lines.push(`  the payload of ${payloadBytes} bytes is too large to be kept here`);
  return lines;
}

function judgedLines(judged: Judged, { event }: Decision, status: SensorStatus, { rule }: StoryOptions): string[] {
  const { dependency, admitted, at, because, error, hint } = judged;
  if (isForeign(status)) return foreignLines(judged, rule);
  const head = `  dependency ${dependency}`;
  if (admitted) return [`${head}  ${pc.green('admitted')}`];
  const place = at === undefined ? undefined : rule?.placeOf(dependency, at);
  const reason = [place, at === undefined ? error?.message : `${at}: ${because}`].filter((one) => one !== undefined).join('  ');
  const verdict = error ? `${pc.red('cannot be used')}: ${reason}  ${pc.dim(error.code)}` : `${pc.red('refused')}: ${reason}`;
  const parked = error ? [`    it is parked: sensorium dead-letters list --event ${event.id}`] : [];
  return [`${head}  ${verdict}`, ...tryLine(hint ?? error?.hint), ...parked];
}

/** A dependency of another system's rule is a trigger of its own: what it says is in that system's words, and a yes is told by what the trigger did. */
function foreignLines({ dependency, admitted, at, because, error, hint }: Judged, rule: RuleFile | undefined): string[] {
  if (admitted) return [];
  const place = at === undefined ? undefined : rule?.placeOf(dependency, at);
  const said = `${place === undefined ? '' : `${place}  `}${error ? `${error.message}  ${pc.dim(error.code)}` : because}`;
  return [
    `  trigger ${dependency}  ${error ? pc.red('cannot use it') : pc.yellow('does not concern it')}: ${said}`,
    ...tryLine(hint ?? error?.hint),
  ];
}

/** The other filters, where the rule is at hand and the payload is known whole. Filters of the event's attributes and time are not asked again. */
async function clauseLines(judged: Judged, decision: Decision, { rule }: StoryOptions): Promise<string[]> {
  const { dependency, admitted, at } = judged;
  const { payload, payloadCut } = judged.payload === undefined ? decision : judged;
  if (admitted || !rule || at === undefined || payload === undefined || payloadCut || stringifyJson(payload).includes(hidden)) return [];
  const others = (await rule.clauses(dependency, payload)).filter((one) => one.at !== at && /^filters\.(data|exprs|script)/.test(one.at));
  return others.map((one) =>
    pc.dim(`    ${one.place}  ${one.at}  ${one.because === undefined ? 'passes' : `says no, too: ${one.because}`}`),
  );
}

function fateLines(fate: Fate, decision: Decision, { now, verbose }: StoryOptions): string[] {
  const head = `  trigger ${fate.trigger}`;
  const key = fate.key === undefined ? '' : ` (key ${JSON.stringify(fate.key)})`;
  const missing = (fate.missing ?? []).join(', ');
  if (fate.kind === 'alone') return [`${head}  ${pc.yellow('can meet no other event')}: ${fate.because}`];
  if (fate.kind === 'waits') return [`${head}  ${pc.yellow('waits')} for ${missing}${key}`];
  if (fate.kind === 'forgotten') {
    const why = fate.because === 'reset' ? 'conditionsReset came' : 'its time was over';
    return [`${head}  ${pc.yellow('forgotten')}: ${why} while it waited for ${missing}${key}`];
  }
  const attempts = fate.attempts ?? [];
  const with_ = fate.events
    ? [
        `    together: ${Object.entries(fate.events)
          .map(([name, id]) => `${name} ${id}`)
          .join(', ')}`,
      ]
    : [];
  return [`${head}  ${outcome(fate, decision)}`, ...with_, ...attemptLines(fate, attempts, now), ...(verbose ? sent(fate) : [])];
}

function outcome({ kind, because, summary, attempts = [], queued }: Fate, { at }: Decision): string {
  const last = attempts.at(-1);
  if (kind === 'fired')
    return `${pc.green('fired')}: ${last?.answer ?? summary}  ${pc.dim(`${showDuration(Math.max(0, (last?.at ?? at) - at))} after it was taken`)}`;
  if (kind === 'handed over') return `${pc.red('given up')} and handed to trigger ${because}: ${sentence(last?.error)}`;
  if (kind === 'parked') return `${pc.red('given up')}: ${sentence(last?.error)}`;
  if (attempts.length > 0) return `${pc.yellow('is tried again')}: ${sentence(last?.error)}`;
  return `${pc.yellow(queued ? 'waits in the queue' : 'is being tried')}${summary === undefined ? '' : `: ${summary}`}`;
}

const sentence = (error: Failure | undefined): string => (error ? `${error.message}  ${pc.dim(error.code)}` : 'nobody knows why');

/** Each attempt, where there was more than one, those that ended alike in one line; and what to do about the last. */
function attemptLines({ kind, firing }: Fate, attempts: readonly Attempt[], now: number): string[] {
  const groups: Attempt[][] = [];
  for (const one of attempts) {
    const group = groups.at(-1);
    if (group && sameEnd(group[0]!, one)) group.push(one);
    else groups.push([one]);
  }
  const lines = attempts.length < 2 ? [] : groups.map((group) => `    ${groupLine(group, now)}`);
  const last = attempts.at(-1);
  if (last?.error) lines.push(...tryLine(last.error.hint));
  if (kind === 'parked') lines.push(`    it is parked: sensorium dead-letters show ${firing}`);
  return lines;
}

const sameEnd = (one: Attempt, other: Attempt): boolean =>
  one.error !== undefined && one.error.code === other.error?.code && one.error.message === other.error.message;

function groupLine(group: readonly Attempt[], now: number): string {
  const { at, took, answer, error } = group.at(-1)!;
  const time = pc.dim(`${when(at, now)}${took === undefined ? '' : `, took ${showDuration(took)}`}`);
  if (!error) return `${pc.green('done')}: ${answer}  ${time}`;
  const times = group.length === 1 ? 'failed' : `failed ${group.length} times`;
  return `${pc.red(times)}: ${sentence(error)}  ${group.length === 1 ? '' : pc.dim('the last ')}${time}`;
}

const sent = ({ rendered }: Fate): string[] => (rendered === undefined ? [] : ['    sent', ...indented(toYaml(rendered), 6)]);

/** Triggers that an admitted event concerns, and of which nothing is known yet. */
function untried({ dependencies, triggers, at }: Decision, { triggers: all, startedAt }: SensorStatus): string[] {
  const admitted = new Set(dependencies.filter((one) => one.admitted).map((one) => one.dependency));
  if (at < startedAt) return [];
  return all
    .filter(({ name, waitsFor }) => waitsFor.some((one) => admitted.has(one)) && !triggers.some((fate) => fate.trigger === name))
    .map(({ name }) => name);
}

const leftOut = (triggers: readonly string[]): string =>
  triggers.length === 1 ? `trigger ${triggers[0]}` : `${triggers.length} more triggers`;

const tryLine = (hint: string | undefined): string[] => (hint === undefined ? [] : [`    try: ${hint}`]);
const indented = (text: string, by: number): string[] => text.split('\n').map((line) => `${' '.repeat(by)}${line}`);
