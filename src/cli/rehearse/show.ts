import pc from 'picocolors';
import { loggedPayload } from '../../../sensors/triggers/log/payload.ts';
import type { EngineError } from '../../core/errors/engine-error.ts';
import type { Event } from '../../core/event/event.ts';
import { isObject, type Json } from '../../core/json/json.ts';
import { parseJson } from '../../core/json/parse.ts';
import { toYaml } from '../../core/yaml/print.ts';
import { forEyes } from '../screen/redact.ts';
import { diffOf } from './diff.ts';
import type { Asked, Effect, Fires, Outcome, Step } from './rehearse.ts';

interface Shown {
  readonly payload: boolean;
}

/** What became of an event, for a person. */
export function showStep(step: Step, options: Shown): string {
  const { given, title, asked, outcomes, leftOut } = step;
  const { event, from } = given;
  const lines = [pc.bold(`event ${event.id} ${title ? `for ${title}` : `of ${event.source}/${event.subject}`}`) + pc.dim(`  (${from})`)];
  if (asked.length === 0) lines.push(`  ${pc.red('nobody listens')}: ${nobody(step)}`);
  for (const one of asked) lines.push(...(title ? showAskedTrigger(one) : showAsked(one, options)));
  for (const outcome of outcomes) lines.push(...showOutcome(outcome));
  for (const one of leftOut) lines.push(pc.yellow(`not asked here: ${one}`));
  const [seen] = asked;
  if (title && options.payload && seen) lines.push(...showPayload(seen.event));
  return lines.join('\n');
}

const nobody = ({ given: { event }, title }: Step): string =>
  title ? `${title} has no trigger` : `no dependency is for ${event.source}/${event.subject}`;

/** The same in one line. */
export function showStepShortly({ given, title, asked, outcomes }: Step): string {
  const refusals = asked.flatMap(({ dependency, refusal }) =>
    refusal ? [`${dependency}: ${title ? '' : `${refusal.at}: `}${refusal.because}`] : [],
  );
  const said = outcomes.map(shortly);
  const all = [...refusals, ...said];
  return `${pc.dim(given.from)}  ${given.event.id}  ${all.length === 0 ? 'nobody listens' : all.join('; ')}`;
}

function shortly(outcome: Outcome): string {
  if (outcome.kind === 'fires' || outcome.kind === 'idle') return outcome.summary;
  if (outcome.kind === 'fails') return outcome.error.message;
  return outcome.kind === 'waits' ? waiting(outcome.missing) : outcome.because;
}

/** Of another system's rule each dependency is a trigger of its own: a yes is told by what the trigger does. */
const showAskedTrigger = ({ dependency, refusal }: Asked): string[] =>
  refusal
    ? [`trigger ${pc.bold(dependency)}  ${pc.red('refused')}`, `  ${refusal.place}  ${refusal.because}`, ...tryLine(refusal.hint)]
    : [];

function showAsked({ dependency, event, refusal, clauses }: Asked, { payload }: Shown): string[] {
  const lines = [`dependency ${pc.bold(dependency)}  ${refusal ? pc.red('refused') : pc.green('passed')}`];
  if (refusal) lines.push(`  ${refusal.place}  ${refusal.at}: ${refusal.because}`, ...tryLine(refusal.hint));
  for (const { at, place, passed, because } of clauses) {
    if (refusal?.at === at) continue;
    lines.push(pc.dim(`  ${place}  ${at}  ${passed ? 'passes' : `says no: ${because}`}`));
  }
  if (payload) lines.push(...showPayload(event));
  return lines;
}

const showPayload = (event: Event | undefined): string[] => (event ? ['  payload:', ...indented(toYaml(payloadForEyes(event)), 4)] : []);

/** What became of it at one trigger. */
export function showOutcome(outcome: Outcome): string[] {
  const head = `trigger ${pc.bold(outcome.trigger)}`;
  if (outcome.kind === 'waits') return [`${head}  ${pc.yellow(waiting(outcome.missing))}`];
  if (outcome.kind === 'alone') return [`${head}  ${pc.yellow(outcome.because)}`];
  if (outcome.kind === 'idle') return [`${head}  ${pc.yellow(`would ${outcome.summary}`)}`];
  if (outcome.kind === 'fails') return [`${head}  ${pc.red('fails')}`, ...failure(outcome.error, outcome.place, outcome.hint)];
  return [
    `${head}  ${pc.green('fires')}: ${outcome.summary}`,
    ...outcome.parameters.flatMap(({ parameter, outcome: one }) => {
      if (one.kind === 'default')
        return [`  ${parameter.dest || 'the payload'} has its default ${JSON.stringify(one.text)}: ${parameter.reads} gives nothing`];
      return one.kind === 'skipped' ? [`  ${parameter.dest || 'the payload'} is left as it is: its dependency has no event here`] : [];
    }),
    ...showEffect(outcome),
  ];
}

/** The difference that it makes, where that is known; else what would be sent. */
function showEffect({ rendered, effect }: Fires): string[] {
  const sent = () =>
    documentsIn(sentForEyes(rendered)).flatMap((one, index) => [...(index > 0 ? ['    ---'] : []), ...indented(toYaml(one), 4)]);
  if (!effect) return sent();
  if ('error' in effect) {
    const away = effect.error.code.startsWith('UNREACHABLE_');
    const what = away ? 'what would change is not known' : 'the cluster would refuse';
    return [`  ${pc.red(what)}: ${effect.error.message}`, ...tryLine(effect.error.hint), ...sent()];
  }
  return [`  ${effect.says}`, ...showChanges(effect)];
}

function showChanges(effect: Extract<Effect, { says: string }>): string[] {
  const signs = { ' ': (text: string) => text, '+': pc.green, '-': pc.red };
  return effect.changes.flatMap((change) => {
    const lines = diffOf(change);
    if (lines.length === 0) return [`    nothing changes in ${change.target}`];
    return lines.map(({ sign, text }) => signs[sign](`    ${sign} ${text}`));
  });
}

const waiting = (missing: readonly string[]): string => `waits for ${missing.join(', ')}`;
const failure = (error: EngineError, place: string, hint: string | undefined): string[] => [
  `  ${place}  ${error.message}  ${error.code}`,
  ...tryLine(hint),
];
const tryLine = (hint: string | undefined): string[] => (hint === undefined ? [] : [`    try: ${hint}`]);

const indented = (text: string, by: number): string[] => text.split('\n').map((line) => `${' '.repeat(by)}${line}`);

/** A list of objects, one after another. */
const documentsIn = (sent: Json): readonly Json[] => (Array.isArray(sent) ? sent : [sent]);

/** What would be sent, as it may be shown: a Kubernetes object without the words around it. */
export function sentForEyes(rendered: Json): Json {
  const shown = forEyes(rendered);
  return isObject(shown) && isObject(shown['object']) ? shown['object'] : shown;
}

/** The payload with the values of Secrets hidden; a text that is not JSON as it is. */
export function payloadForEyes(event: Event): Json {
  const text = loggedPayload(event);
  try {
    return forEyes(parseJson(text));
  } catch {
    return text;
  }
}
