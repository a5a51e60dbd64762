import pc from 'picocolors';
import { payloadOf, redacted, redactedText, secretsIn } from '../../../sensors/decisions/redact.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { toYaml } from '../../core/yaml/print.ts';
import { type Letter, triggerOf } from './letters.ts';
import { attributesIn } from './lines.ts';
import type { Later } from './moved-on.ts';
import { isForeign, titleOf } from './notes.ts';
import { when } from './when.ts';

/** One line: which, whose, since when, and why. */
export function showLetterShortly(letter: Letter, now: number): string {
  const { id, parkedAt, reason } = letter;
  return `${id}  ${whose(letter)}  ${pc.dim(when(parkedAt, now))}  ${textFor(letter)(reason.message)}  ${pc.dim(reason.code)}`;
}

/** "shop/till, trigger pack"; another system's rule with its kind. */
function whose(letter: Letter): string {
  const { namespace, sensor, dependency } = letter;
  const trigger = triggerOf(letter);
  const rule = isForeign({ name: sensor }) ? titleOf({ namespace, name: sensor }) : `${namespace}/${sensor}`;
  if (trigger !== undefined) return `${rule}, trigger ${trigger}`;
  return dependency === undefined ? rule : `${rule}, dependency ${dependency}`;
}

/** Everything about it, with what is secret hidden. */
export function showLetter(letter: Letter, later: Later | undefined, now: number): string[] {
  const { id, reason, attempts, parkedAt, isWhole } = letter;
  const { events, rendered } = letterData(letter) as { events: JsonObject; rendered?: JsonObject };
  return [
    `${pc.bold(id)}  ${whose(letter)}`,
    `  given up at ${when(parkedAt, now)}, after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}: ${textFor(letter)(reason.message)}  ${pc.dim(reason.code)}`,
    ...(reason.hint === undefined ? [] : [`    try: ${reason.hint}`]),
    ...(later ? [`  ${pc.yellow('its object has moved on')}: event ${later.id} came at ${when(later.storedAt, now)}`] : []),
    ...(isWhole ? [] : ['  it cannot be tried again: what it needs is not there']),
    '  events',
    ...indented(toYaml(events), 4),
    ...(rendered === undefined ? [] : ['  would have sent', ...indented(toYaml(rendered), 4)]),
    ...(isWhole ? [`  to try it again: sensorium dead-letters replay ${id}`] : []),
  ];
}

/** For programs, and the parts of the text. */
export function letterData(letter: Letter): JsonObject {
  const { id, parkedAt, namespace, sensor, trigger, dependency, reason, attempts, orderKey, events, rendered } = letter;
  const secrets = secretsOf(letter);
  return {
    id,
    namespace,
    sensor,
    ...(trigger === undefined ? {} : { trigger }),
    ...(dependency === undefined ? {} : { dependency }),
    reason: { ...reason, message: redactedText(reason.message, secrets) },
    attempts,
    parkedAt: new Date(parkedAt).toISOString(),
    ...(orderKey === undefined ? {} : { orderKey }),
    events: Object.fromEntries(
      [...events].map(([name, event]) => {
        const payload = payloadOf(event, Number.POSITIVE_INFINITY);
        return [name, { ...attributesIn(event), ...(payload === undefined ? {} : { data: redacted(payload, secrets) }) }];
      }),
    ),
    ...(rendered === undefined ? {} : { rendered: redacted(rendered, secrets) }),
  };
}

const secretsOf = ({ events }: Letter): ReadonlySet<string> =>
  secretsIn([...events.values()].map((event) => payloadOf(event, Number.POSITIVE_INFINITY)));

function textFor(letter: Letter): (text: string) => string {
  const secrets = secretsOf(letter);
  return (text) => redactedText(text, secrets);
}

const indented = (text: string, by: number): string[] => text.split('\n').map((line) => `${' '.repeat(by)}${line}`);
