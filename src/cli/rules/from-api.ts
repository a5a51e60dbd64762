/**
 * The rules that an API server holds: listed, watched, and handed to a workbench. Whatever wrote them (a saved file, kubectl)
 * takes effect here, and only here.
 */
import type { Finding } from '../../core/errors/finding.ts';
import { fromUnknown } from '../../core/errors/from-unknown.ts';
import { isObject, type JsonObject } from '../../core/json/json.ts';
import { stringifyJson } from '../../core/json/stringify.ts';
import { type Kube, type KubeObject, nameOf } from '../../core/kube/kube.ts';
import { watchResources } from '../../core/kube/watch.ts';
import { supervise } from '../../core/lifecycle/supervise.ts';
import type { CheckOptions, Kind } from '../../core/schema/kind.ts';
import type { Tell } from '../../core/telemetry/tell.ts';
import type { Clock } from '../../core/time/clock.ts';
import { checkRule, type Rule } from '../../manifests/check.ts';
import { showPath } from '../../manifests/document.ts';
import { kinds } from '../../manifests/kinds.ts';
import type { Standings } from '../status/standings.ts';
import type { Workbench } from '../workbench.ts';

interface FromApiOptions extends CheckOptions {
  readonly kube: Kube;
  readonly clock: Clock;
  readonly tell: Tell;
  readonly signal: AbortSignal;
  /** All namespaces if left out. */
  readonly namespace: string | undefined;
  /** Told how each rule stands. */
  readonly standings?: Standings | undefined;
}

/** Rules that name a bus wait so long for the buses to be listed, so that they do not begin by failing. */
const busesWithin = 1_000;

/** Runs until the signal aborts. */
export async function runRulesFromApi(workbench: Workbench, options: FromApiOptions): Promise<void> {
  const { clock, signal } = options;
  const listed = new AbortController();
  await Promise.all(
    kinds.map(async (kind) => {
      if (kind.kind !== 'EventBus') await clock.sleep(busesWithin, AbortSignal.any([signal, listed.signal]));
      const onListed = kind.kind === 'EventBus' ? () => listed.abort() : () => {};
      await supervise(`rules of kind ${kind.kind}`, () => watchKind(kind, workbench, onListed, options), options);
    }),
  );
}

/** An object that was seen. */
interface Seen {
  readonly object: KubeObject;
  /** What counts in it. */
  readonly text: string;
  /** A rule of it, of this text or an older one, is in the workbench. */
  readonly isLoaded: boolean;
}

async function watchKind(kind: Kind, workbench: Workbench, onListed: () => void, options: FromApiOptions): Promise<void> {
  const { kube, clock, tell, signal, namespace, standings } = options;
  const type = { group: kind.group, version: kind.version, resource: kind.plural, kind: kind.kind, namespaced: true };
  const seen = new Map<string, Seen>();
  const fieldsOf = ({ metadata }: KubeObject) => ({ kind: kind.kind, namespace: metadata.namespace, name: metadata.name });

  function changed(object: KubeObject): void {
    standings?.saw(type, object);
    const uid = String(object.metadata.uid);
    const old = seen.get(uid);
    const text = whatCounts(object);
    if (old?.text === text) return;
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
    inBackground(object, workbench.remove({ kind: kind.kind, metadata }), () => tell.ruleRemoved(fieldsOf(object)));
  }

  /** A rule that takes long to stop holds up no other one. */
  function inBackground(object: KubeObject, change: Promise<void>, done: () => void): void {
    change.then(done, (thrown) => tell.workerFailed({ part: nameOf(type, object.metadata), error: fromUnknown(thrown) }));
  }

  for await (const unfolding of watchResources(
    kube,
    type,
    { namespace },
    { signal, clock, tell, labels: { part: `rules of kind ${kind.kind}` } },
  )) {
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
function whatCounts({ metadata: { name, namespace }, ...object }: KubeObject): string {
  const { spec, status } = object;
  return stringifyJson([name, namespace ?? null, spec ?? null, (isObject(status) && status['config']) || null]);
}

const describe = ({ code, path, message, hint }: Finding) => ({
  code,
  field: showPath(path),
  finding: message,
  ...(hint === undefined ? {} : { hint }),
});
