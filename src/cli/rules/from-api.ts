/**
 * The rules that an API server holds: listed, watched, and handed to a workbench. Whatever wrote them (a saved file, kubectl)
 * takes effect here, and only here.
 */
import type { Finding } from '../../core/errors/finding.ts';
import { fromUnknown } from '../../core/errors/from-unknown.ts';
import { isObject, type JsonObject } from '../../core/json/json.ts';
import { stringifyJson } from '../../core/json/stringify.ts';
import { type Kube, type KubeObject, nameOf, type ResourceType } from '../../core/kube/kube.ts';
import { watchResources } from '../../core/kube/watch.ts';
import { supervise } from '../../core/lifecycle/supervise.ts';
import type { CheckOptions } from '../../core/schema/kind.ts';
import type { Tell } from '../../core/telemetry/tell.ts';
import type { Clock } from '../../core/time/clock.ts';
import { dialectOf } from '../../dialects/index.ts';
import { checkRule } from '../../manifests/check.ts';
import { showPath } from '../../manifests/document.ts';
import { kinds, systemOf, systems } from '../../manifests/kinds.ts';
import type { Rule } from '../../manifests/rule.ts';
import type { Standings } from '../status/standings.ts';
import type { Workbench } from '../workbench.ts';
import { lookedAt } from './looked-at.ts';
import { ownType, selectionOf, servedType, spellings, type WatchedKind } from './watched-kinds.ts';

interface FromApiOptions extends CheckOptions {
  readonly kube: Kube;
  readonly clock: Clock;
  readonly tell: Tell;
  readonly signal: AbortSignal;
  /** All namespaces if left out. */
  readonly namespace: string | undefined;
  /** Whose rules are run, some of `systems`; all if left out. */
  readonly systems?: readonly string[] | undefined;
  /** Told how each rule stands. */
  readonly standings?: Standings | undefined;
}

/** Rules that name a bus wait so long for the buses to be listed, so that they do not begin by failing. */
const busesWithin = 1_000;

/** A kind of which no list is to be had is waited for so long before other systems' rules run without it. */
const kindsWithin = 10_000;

interface RulesFromApi {
  /** Resolves when all kinds that the server has are listed, or after a while. */
  readonly listed: Promise<void>;
  /** Resolves after the signal has aborted. */
  readonly ended: Promise<unknown>;
}

/** Runs until the signal aborts. */
export function runRulesFromApi(workbench: Workbench, options: FromApiOptions): RulesFromApi {
  const { clock, signal, systems: wanted = systems } = options;
  const busesListed = new AbortController();
  const allListed = new AbortController();
  const looking = new Set<string>();
  const unlisted = new Set<WatchedKind>();
  const follow = async (kind: WatchedKind, isOurs: boolean): Promise<void> => {
    const onListed = (): void => {
      if (kind.kind === 'EventBus') busesListed.abort();
      if (unlisted.delete(kind) && unlisted.size === 0) allListed.abort();
    };
    if (kind.kind !== 'EventBus') await clock.sleep(busesWithin, AbortSignal.any([signal, busesListed.signal]));
    const type = isOurs ? ownType(kind) : await servedType(kind, { ...options, absent: onListed });
    if (!type) return;
    await supervise(`rules of kind ${kind.kind}`, () => watchKind(kind, type, workbench, { ...options, onListed, onRule }), options);
  };
  /** What a dialect looks at beside its rules is watched once it has one. */
  const onRule = (kind: WatchedKind): void => {
    const dialect = dialectOf(kind);
    if (!dialect || looking.has(dialect.name)) return;
    looking.add(dialect.name);
    for (const { resource: plural, ...seen } of dialect.looksAt)
      void follow({ ...seen, plural, versions: [seen.version], isClusterWide: true, hasAddressOfOthers: false, onlyLooked: true }, true);
  };
  const asked = kinds.filter((kind) => kind.kind === 'EventBus' || wanted.includes(systemOf(kind)));
  const all = asked.flatMap((kind) => spellings(kind).map((one) => ({ one, isOurs: !dialectOf(kind) })));
  for (const { one } of all) unlisted.add(one);
  return {
    listed: clock.sleep(kindsWithin, AbortSignal.any([signal, allListed.signal])),
    ended: Promise.all(all.map(({ one, isOurs }) => follow(one, isOurs))),
  };
}

/** An object that was seen. */
interface Seen {
  readonly object: KubeObject;
  /** What counts in it. */
  readonly text: string;
  /** A rule of it, of this text or an older one, is in the workbench. */
  readonly isLoaded: boolean;
}

interface WatchOptions extends FromApiOptions {
  onListed(): void;
  /** Told of each rule that was accepted. */
  onRule(kind: WatchedKind): void;
}

async function watchKind(kind: WatchedKind, type: ResourceType, workbench: Workbench, options: WatchOptions): Promise<void> {
  const { kube, clock, tell, signal, namespace, standings, onListed, onRule } = options;
  const seen = new Map<string, Seen>();
  const fieldsOf = ({ metadata }: KubeObject) => ({ kind: kind.kind, namespace: metadata.namespace, name: metadata.name });

  function changed(object: KubeObject): void {
    if (!kind.onlyLooked) standings?.saw(type, object);
    const uid = String(object.metadata.uid);
    const old = seen.get(uid);
    const text = whatCounts(kind, object);
    if (old?.text === text) return;
    if (kind.onlyLooked) {
      seen.set(uid, { object, text, isLoaded: true });
      const looked = lookedAt(object);
      if (looked) inBackground(object, workbench.set(looked), () => {});
      return;
    }
    const { rule, findings } = check(object);
    seen.set(uid, { object, text, isLoaded: rule !== undefined || (old?.isLoaded ?? false) });
    for (const finding of findings) {
      if (finding.severity === 'warning') tell.finding({ ...fieldsOf(object), ...describe(finding) });
      else if (!rule) tell.ruleRefused({ ...fieldsOf(object), ...describe(finding) });
    }
    if (!rule) {
      standings?.refused(object, findings);
      return;
    }
    standings?.accepted(object);
    onRule(kind);
    inBackground(object, workbench.set(rule), () => tell.ruleLoaded({ ...fieldsOf(object), changed: old?.isLoaded ?? false }));
  }

  function check(object: KubeObject): { rule: Rule | undefined; findings: readonly Finding[] } {
    try {
      return checkRule(object as JsonObject, options) ?? { rule: undefined, findings: [] };
    } catch (thrown) {
      const { code, message } = fromUnknown(thrown);
      return { rule: undefined, findings: [{ severity: 'error', code, path: [], message }] };
    }
  }

  function gone(object: KubeObject): void {
    const uid = String(object.metadata.uid);
    standings?.gone(object);
    const wasLoaded = seen.get(uid)?.isLoaded;
    seen.delete(uid);
    if (!wasLoaded) return;
    const metadata = { ...object.metadata, namespace: object.metadata.namespace ?? '' };
    const told = kind.onlyLooked ? () => {} : () => tell.ruleRemoved(fieldsOf(object));
    inBackground(object, workbench.remove({ group: kind.group, kind: kind.kind, metadata }), told);
  }

  /** A rule that takes long to stop holds up no other one. */
  function inBackground(object: KubeObject, change: Promise<void>, done: () => void): void {
    change.then(done, (thrown) => tell.workerFailed({ part: nameOf(type, object.metadata), error: fromUnknown(thrown) }));
  }

  const following = { signal, clock, tell, labels: { part: `rules of kind ${kind.kind}` } };
  for await (const unfolding of watchResources(kube, type, selectionOf(kind, type, namespace), following)) {
    if (unfolding.kind === 'snapshot') {
      const present = new Set(unfolding.items.map((item) => String(item.metadata.uid)));
      for (const [uid, { object }] of seen) if (!present.has(uid)) gone(object);
      for (const item of unfolding.items) (isDeleted(item) ? gone : changed)(item);
      onListed();
    } else {
      for (const change of unfolding.changes) (change.gone || isDeleted(change.object) ? gone : changed)(change.object);
    }
  }
}

/** Somebody has deleted it; until its finalizers are done, which may be Argo's, it is still shown. */
const isDeleted = ({ metadata }: KubeObject): boolean => metadata.deletionTimestamp !== undefined;

/** A change of anything else changes nothing for us. Where its servers are, Argo's controller writes into the status of an EventBus. */
function whatCounts(kind: WatchedKind, { metadata: { name, namespace, labels, annotations }, ...object }: KubeObject): string {
  const { spec, status } = object;
  const known = (word: string) => (isObject(status) && status[word]) || null;
  const own = [name, namespace ?? null, spec ?? null, known('config')];
  if (!dialectOf(kind)) return stringifyJson(own);
  return stringifyJson([...own, kind.hasAddressOfOthers ? known('address') : null, { ...labels }, { ...annotations }]);
}

const describe = ({ code, path, message, hint }: Finding) => ({
  code,
  field: showPath(path),
  finding: message,
  ...(hint === undefined ? {} : { hint }),
});
