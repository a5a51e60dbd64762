import type { Kube } from '../kube/kube.ts';
import type { Clock } from '../time/clock.ts';
import { type Secrets, secretsOf } from './secrets.ts';

export interface KeptSecretsOptions {
  /** How long a value may be used before it is read anew, in milliseconds; ten seconds when left out. */
  readonly freshFor?: number;
  /** As for `secretsOf`. */
  readonly keepsNewline?: boolean;
}

/**
 * Secrets for one who needs the same values many times a second: each is read once in a while, however many ask, and one that could not
 * be read is asked for again by the next.
 */
export class KeptSecrets implements Secrets, AsyncDisposable {
  readonly #secrets: Secrets;
  readonly #clock: Clock;
  readonly #freshFor: number;
  readonly #values = new Map<string, { readonly value: Promise<string>; readonly readAt: number }>();

  constructor(kube: Kube, namespace: string, clock: Clock, { freshFor = 10_000, keepsNewline = false }: KeptSecretsOptions = {}) {
    this.#secrets = secretsOf(kube, namespace, { keepsNewline });
    this.#clock = clock;
    this.#freshFor = freshFor;
  }

  readonly secret: Secrets['secret'] = (selector) =>
    this.#kept(`Secret ${selector.name} ${selector.key}`, () => this.#secrets.secret(selector));

  readonly configMap: Secrets['configMap'] = (selector) =>
    this.#kept(`ConfigMap ${selector.name} ${selector.key}`, () => this.#secrets.configMap(selector));

  #kept(key: string, read: () => Promise<string>): Promise<string> {
    const now = this.#clock.monotonic();
    const known = this.#values.get(key);
    if (known && now - known.readAt < this.#freshFor) return known.value;
    const value = read();
    this.#values.set(key, { value, readAt: now });
    value.catch(() => this.#values.delete(key));
    return value;
  }

  /** Forgets everything, so that what was changed counts at once. */
  forget(): void {
    this.#values.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.forget();
  }
}
