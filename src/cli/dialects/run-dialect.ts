/**
 * Runs the rules of one dialect: all that are loaded are translated together, again whenever one comes, changes or goes, and only what
 * came out differently is stopped and started.
 */

import type { Clock } from '../../core/time/clock.ts';
import type { DialectWorld, Part, Standing } from '../../dialects/dialect.ts';
import type { Dialect } from '../../dialects/index.ts';
import { dialectRule, type Rule } from '../../manifests/check.ts';

interface DialectRunOptions {
  readonly dialect: Dialect;
  readonly world: DialectWorld;
  readonly clock: Clock;
  /** Replaces what runs under the part's id. Resolves when the old one has stopped. */
  start(part: Part, rules: readonly Rule[]): Promise<void>;
  /** The rules of a part that goes on as it is. */
  keep(part: Part, rules: readonly Rule[]): Promise<void>;
  stop(id: string): Promise<void>;
  /** Told after each translation how a rule stands. */
  stands(rule: Rule, standing: Standing): void;
}

export interface DialectRun {
  /** Resolves when the rule has taken effect. */
  set(rule: Rule): Promise<void>;
  remove(rule: Pick<Rule, 'kind' | 'metadata'>): Promise<void>;
  rules(): readonly Rule[];
}

/** Rules that come one after another are translated once. In milliseconds. */
const together = 30;

export function runDialect({ dialect, world, clock, start, keep, stop, stands }: DialectRunOptions): DialectRun {
  const rules = new Map<string, Rule>();
  const running = new Map<string, string>();
  let next: Promise<void> | undefined;
  let last = Promise.resolve();

  /** Changes that come before it begins are part of it. */
  function translated(): Promise<void> {
    next ??= last.then(async () => {
      await clock.sleep(together);
      next = undefined;
      await translate();
    });
    last = next.catch(() => {});
    return next;
  }

  async function translate(): Promise<void> {
    const translation = await dialect.translation();
    const loaded = [...rules.values()];
    const { parts, standings } = translation(loaded.map(dialectRule), world);
    const byRef = new Map(loaded.map((rule) => [refOf(rule.kind, rule.metadata), rule]));
    const wanted = new Set(parts.map(({ id }) => id));
    const gone = [...running.keys()].filter((id) => !wanted.has(id));
    const changed = parts.filter(({ id, fingerprint }) => running.get(id) !== fingerprint);
    const unchanged = parts.filter((part) => !changed.includes(part));
    const rulesOf = (part: Part): Rule[] => part.rules.flatMap((ref) => byRef.get(refOf(ref.kind, ref)) ?? []);
    for (const id of gone) running.delete(id);
    for (const { id, fingerprint } of changed) running.set(id, fingerprint);
    await Promise.all([...gone.map(stop), ...changed.map((part) => start(part, rulesOf(part)))]);
    for (const standing of standings) {
      const rule = byRef.get(refOf(standing.rule.kind, standing.rule));
      if (rule) stands(rule, standing);
    }
    await Promise.all(unchanged.map((part) => keep(part, rulesOf(part))));
  }

  return {
    set(rule) {
      rules.set(refOf(rule.kind, rule.metadata), rule);
      return translated();
    },
    remove({ kind, metadata }) {
      return rules.delete(refOf(kind, metadata)) ? translated() : Promise.resolve();
    },
    rules: () => [...rules.values()],
  };
}

const refOf = (kind: string, { namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  `${kind} ${namespace}/${name}`;
