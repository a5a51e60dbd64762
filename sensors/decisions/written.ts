import type { Event } from '../../src/core/event/event.ts';
import type { Json, JsonObject } from '../../src/core/json/json.ts';
import { nearestTo } from '../../src/core/json/nearest.ts';
import { stringifyJson } from '../../src/core/json/stringify.ts';
import type { CompiledDependency } from '../compiled.ts';
import { bounded } from './bounded.ts';
import { type Attempt, type Failure, failureOf } from './decision.ts';
import { payloadOf, redacted, redactedText, secretsIn } from './redact.ts';
import type { Open, OpenFate, Said } from './ring.ts';

/** Characters of JSON that one payload or rendered action may have, a sentence, and the whole of a decision. */
const mostOfOne = 16 * 1024;
const mostOfSentence = 2_000;
const mostOfAll = 128 * 1024;
/** Of many triggers of one event that were done, so many are written with what they sent; of those that were not, all. */
const mostRendered = 10;
/** Payloads above this many bytes are not looked through, and so not kept. */
export const mostBytes = 64 * 1024;

interface Keep {
  readonly rendered: boolean;
  readonly payloads: boolean;
  readonly fates: number;
}

/** What is left out of a decision that grows too long, step by step. */
const steps: readonly Keep[] = [
  { rendered: true, payloads: true, fates: 500 },
  { rendered: false, payloads: true, fates: 500 },
  { rendered: false, payloads: false, fates: 100 },
];

/** Those of the sensor, by name. */
type Dependencies = ReadonlyMap<string, CompiledDependency>;

/** A Decision as it is kept: JSON, bounded, and without what is secret. */
export function written(open: Open, dependencies: Dependencies): string {
  const writer = new Writer(secretsIn(payloadsOf(open)), dependencies);
  let text = '';
  for (const keep of steps) {
    text = stringifyJson(writer.decision(open, keep));
    if (text.length <= mostOfAll) break;
  }
  return text;
}

/** Everything in which a secret may come. */
function* payloadsOf({ event, judged, fates }: Open): Generator<Json | undefined> {
  if (event) yield payloadOf(event, mostBytes);
  for (const said of judged.values()) {
    const seen = seenBy(said);
    if (seen && seen !== event) yield payloadOf(seen, mostBytes);
  }
  for (const { dependencies } of fates.values())
    for (const one of dependencies?.values() ?? []) if (one.id !== event?.id) yield payloadOf(one, mostBytes);
}

const seenBy = (said: Said): Event | undefined => ('failed' in said ? undefined : said.admitted ? said.event : said.seen);

/** The nearest keys, where a path does not exist in the event that a trigger got. */
function hintFor({ lacks }: Failure, { event, judged }: Open): { hint?: string } {
  const said = lacks && judged.get(lacks.dependency);
  const seen = (said && seenBy(said)) ?? event;
  const json = seen && payloadOf(seen, mostBytes);
  const hint = lacks && json !== undefined ? nearestTo(lacks.path, json) : undefined;
  return hint === undefined ? {} : { hint };
}

class Writer {
  readonly #secrets: ReadonlySet<string>;
  readonly #dependencies: Dependencies;

  constructor(secrets: ReadonlySet<string>, dependencies: Dependencies) {
    this.#secrets = secrets;
    this.#dependencies = dependencies;
  }

  decision(open: Open, keep: Keep): Json {
    const { facts, at, event, bytes, judged, refusalsLeftOut, fates, passedOver } = open;
    return {
      event: { ...facts },
      at,
      ...this.#payload(event, keep),
      ...(event ? {} : { payloadBytes: bytes }),
      dependencies: [...judged].map(([name, said]) => this.#judged(name, said, open, keep)),
      ...(refusalsLeftOut ? { refusalsLeftOut } : {}),
      triggers: [...fates.values()]
        .slice(0, keep.fates)
        .map((fate, index) => this.#fate(fate, index < mostRendered || fate.kind !== 'fired' ? keep : { ...keep, rendered: false }, open)),
      ...(passedOver || fates.size > keep.fates ? { triggersLeftOut: true } : {}),
    };
  }

  #judged(dependency: string, said: Said, { event }: Open, keep: Keep): Json {
    if ('failed' in said) return { dependency, admitted: false, error: this.#failure(said.failed) };
    const seen = seenBy(said);
    const payload = seen && seen.data !== event?.data ? this.#payload(seen, keep) : {};
    if (said.admitted) return { dependency, admitted: true, ...payload };
    const { at, because, error } = said;
    const hint = (seen && this.#dependencies.get(dependency)?.hint?.(at, seen)) ?? error?.hint;
    return {
      dependency,
      admitted: false,
      at,
      because: this.#sentence(because),
      ...(error ? { error: this.#failure(failureOf(error)) } : {}),
      ...(hint === undefined ? {} : { hint: this.#sentence(hint) }),
      ...payload,
    };
  }

  #fate(
    { trigger, kind, key, missing, because, firing, dependencies, summary, rendered, attempts, queued }: OpenFate,
    keep: Keep,
    open: Open,
  ): Json {
    const sent = rendered !== undefined && keep.rendered ? this.#part(rendered).value : undefined;
    return {
      trigger,
      kind,
      ...(key === undefined ? {} : { key: this.#sentence(key) }),
      ...(missing ? { missing: [...missing] } : {}),
      ...(because === undefined ? {} : { because }),
      ...(firing === undefined ? {} : { firing }),
      ...(dependencies ? { events: Object.fromEntries([...dependencies].map(([name, { id }]) => [name, id])) } : {}),
      ...(summary === undefined ? {} : { summary: this.#sentence(summary) }),
      ...(sent === undefined ? {} : { rendered: sent }),
      ...(attempts ? { attempts: attempts.map((one) => this.#attempt(one, open)) } : {}),
      ...(queued ? { queued } : {}),
    };
  }

  #attempt({ at, took, answer, error }: Attempt, open: Open): Json {
    return {
      at,
      ...(took === undefined ? {} : { took: Math.round(took * 10) / 10 }),
      ...(answer === undefined ? {} : { answer: this.#sentence(answer) }),
      ...(error ? { error: this.#failure({ ...error, ...hintFor(error, open) }) } : {}),
    };
  }

  #failure({ code, message, hint }: Failure): Json {
    return { code, message: this.#sentence(message), ...(hint === undefined ? {} : { hint: this.#sentence(hint) }) };
  }

  #payload(event: Event | undefined, { payloads }: Keep): JsonObject {
    const payload = event && payloads ? payloadOf(event, mostBytes) : undefined;
    if (payload === undefined) return {};
    const { value, cut } = this.#part(payload);
    return { ...(value === undefined ? {} : { payload: value }), ...(cut ? { payloadCut: true } : {}) };
  }

  #part(value: Json) {
    return bounded(redacted(value, this.#secrets), mostOfOne);
  }

  #sentence(text: string): string {
    const shown = redactedText(text, this.#secrets);
    return shown.length <= mostOfSentence ? shown : `${shown.slice(0, mostOfSentence)}…`;
  }
}
