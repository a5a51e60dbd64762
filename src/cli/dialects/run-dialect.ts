/**
 * Runs the rules of one dialect: all that are loaded are translated together, again whenever one comes, changes or goes, and only what
 * came out differently is stopped and started.
 */
import { fromUnknown } from '../../core/errors/from-unknown.ts';
import { nameOf } from '../../core/kube/kube.ts';
import type { Clock } from '../../core/time/clock.ts';
import type { Dialect, DialectWorld, Part, Standing } from '../../dialects/dialect.ts';
import { dialectRule, type Rule } from '../../manifests/rule.ts';

interface DialectRunOptions {
  readonly dialect: Dialect;
  readonly world: DialectWorld;
  readonly clock: Clock;
  /** Nothing runs before `gathered` is called. */
  readonly gathers: boolean;
  /** Replaces what runs under the part's id. Resolves when the old one has stopped. */
  start(part: Part, rules: readonly Rule[]): Promise<void>;
  /** The rules of a part that goes on as it is. */
  keep(part: Part, rules: readonly Rule[]): Promise<void>;
  stop(id: string): Promise<void>;
  /** Told after each translation how a rule stands. */
  stands(rule: Rule, standing: Standing): void;
}

export interface DialectRun {
  /** Resolves when the rule has taken effect; at once while rules are gathered. Rejects when the translation fails: what runs goes on as it is. */
  set(rule: Rule): Promise<void>;
  /** All rules that were there at the start are set. One that ran without the others would take events, and what waits, that are theirs. */
  gathered(): Promise<void>;
  remove(rule: Pick<Rule, 'kind' | 'metadata'>): Promise<void>;
  rules(): readonly Rule[];
}

/** Rules that come one after another are translated once. In milliseconds. */
const together = 30;

export function runDialect({ dialect, world, clock, gathers, start, keep, stop, stands }: DialectRunOptions): DialectRun {
  const rules = new Map<string, Rule>();
  const untranslated = new Set<Rule>();
  const running = new Map<string, string>();
  let isGathering = gathers;
  let next: Promise<Effect> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** Changes that come before it begins are part of it. What takes long to stop holds up no translation. */
  async function translated(): Promise<void> {
    if (isGathering) return;
    next ??= last.then(async () => {
      await clock.sleep(together);
      next = undefined;
      return await translate();
    });
    last = next.catch(() => {});
    await (await next).done;
  }

  async function translate(): Promise<Effect> {
    try {
      const translation = await dialect.translation();
      const loaded = [...rules.values()];
      const { parts, standings } = translation(loaded.map(dialectRule), world);
      untranslated.clear();
      return { done: replace(parts, standings) };
    } catch (thrown) {
      const problem = { reason: 'NotTranslated', message: fromUnknown(thrown).message };
      for (const rule of untranslated) stands(rule, { rule: { kind: rule.kind, ...rule.metadata }, problem, status: {} });
      throw thrown;
    }
  }

  function replace(parts: readonly Part[], standings: readonly Standing[]): Promise<unknown> {
    const byRef = new Map([...rules.values()].map((rule) => [nameOf(rule, rule.metadata), rule]));
    const wanted = new Set(parts.map(({ id }) => id));
    const gone = [...running.keys()].filter((id) => !wanted.has(id));
    const changed = new Set(parts.filter(({ id, fingerprint }) => running.get(id) !== fingerprint));
    const rulesOf = (part: Part): Rule[] => part.rules.flatMap((ref) => byRef.get(nameOf(ref, ref)) ?? []);
    for (const id of gone) running.delete(id);
    for (const { id, fingerprint } of changed) running.set(id, fingerprint);
    for (const standing of standings) {
      const rule = byRef.get(nameOf(standing.rule, standing.rule));
      if (rule) stands(rule, standing);
    }
    return Promise.all([...gone.map(stop), ...parts.map((part) => (changed.has(part) ? start : keep)(part, rulesOf(part)))]);
  }

  return {
    set(rule) {
      const ref = nameOf(rule, rule.metadata);
      const old = rules.get(ref);
      if (old) untranslated.delete(old);
      rules.set(ref, rule);
      untranslated.add(rule);
      return translated();
    },
    gathered() {
      isGathering = false;
      return rules.size > 0 ? translated() : Promise.resolve();
    },
    async remove({ kind, metadata }) {
      const ref = nameOf({ kind }, metadata);
      const old = rules.get(ref);
      if (!old) return;
      rules.delete(ref);
      untranslated.delete(old);
      await translated();
    },
    rules: () => [...rules.values()],
  };
}

/** What a translation has changed; `done` when what was replaced has stopped. */
interface Effect {
  readonly done: Promise<unknown>;
}
