import type { Json } from '../../../src/core/json/json.ts';
import { unlessAborted } from '../../../src/core/lifecycle/unless-aborted.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { parseYaml } from '../../../src/core/yaml/parse.ts';

/** The bytes that an artifact may have. */
export const largest = 1024 * 1024;

/** A text, and what tells it from an older or newer one: an ETag, a commit, a time. */
export interface Version {
  readonly mark: string | undefined;
  readonly text: string;
  /** For so many milliseconds it counts as the same, without asking. 0 when left out. */
  readonly freshFor?: number;
}

/** Asks for the text. `known` is the mark of what we have: where that is still right, the answer is `same` and costs little. */
export type Fetch = (known: string | undefined, signal: AbortSignal) => Promise<Version | 'same'>;

interface Entry extends Version {
  readonly json: Json;
  readonly askedAt: number;
}

/** So many artifacts are kept; the one that was not asked for longest goes first. */
const most = 64;

/** The artifacts of a sensor, each with its last version, parsed. */
export class Kept implements AsyncDisposable {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();
  readonly #asking = new Map<string, Promise<Json>>();
  readonly #closed = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Those who ask at the same time share one answer. Rejects when the signal aborts; the asking goes on for the others. */
  get(key: string, fetch: Fetch, signal: AbortSignal): Promise<Json> {
    const asking = this.#asking.get(key) ?? this.#ask(key, fetch).finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    return unlessAborted(asking, signal);
  }

  async #ask(key: string, fetch: Fetch): Promise<Json> {
    const known = this.#entries.get(key);
    const now = this.#clock.monotonic();
    if (known && now - known.askedAt < (known.freshFor ?? 0)) return known.json;
    const found = await fetch(known?.mark, this.#closed.signal);
    const version = found === 'same' ? known! : found;
    const json = known?.text === version.text ? known.json : parseYaml(version.text);
    this.#entries.delete(key);
    this.#entries.set(key, { ...version, json, askedAt: now });
    if (this.#entries.size > most) this.#entries.delete(this.#entries.keys().next().value!);
    return json;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort();
    await Promise.allSettled(this.#asking.values());
  }
}
