/**
 * The rules that an API server holds: listed, watched, and handed to a workbench. Whatever wrote them (a saved file, kubectl)
 * takes effect here, and only here.
 */
import type { Finding } from '../../core/errors/finding.ts';
import type { JsonObject } from '../../core/json/json.ts';
import type { Kube, KubeObject } from '../../core/kube/kube.ts';
import { watchResources } from '../../core/kube/watch.ts';
import { supervise } from '../../core/lifecycle/supervise.ts';
import type { CheckOptions, Kind } from '../../core/schema/kind.ts';
import type { Tell } from '../../core/telemetry/tell.ts';
import type { Clock } from '../../core/time/clock.ts';
import { checkRule } from '../../manifests/check.ts';
import { showPath } from '../../manifests/document.ts';
import { kinds } from '../../manifests/kinds.ts';
import type { Workbench } from '../workbench.ts';

interface FromApiOptions extends CheckOptions {
  readonly kube: Kube;
  readonly clock: Clock;
  readonly tell: Tell;
  readonly signal: AbortSignal;
  readonly namespace: string | undefined;
}

/** Runs until the signal aborts. */
export async function runRulesFromApi(workbench: Workbench, options: FromApiOptions): Promise<void> {
  await Promise.all(kinds.map((kind) => supervise(`rules of kind ${kind.kind}`, () => watchKind(kind, workbench, options), options)));
}

async function watchKind(kind: Kind, workbench: Workbench, { kube, clock, tell, signal, namespace, jq }: FromApiOptions): Promise<void> {
  const type = { group: kind.group, version: kind.version, resource: kind.plural, kind: kind.kind, namespaced: true };
  const seen = new Map<string, { spec: string; object: KubeObject }>();

  async function changed(object: KubeObject): Promise<void> {
    const uid = String(object.metadata.uid);
    const spec = JSON.stringify([object.metadata.name, object.metadata.namespace, object['spec']]);
    if (seen.get(uid)?.spec === spec) return;
    const checked = checkRule(object as JsonObject, { jq });
    const fields = { kind: kind.kind, namespace: object.metadata.namespace, name: object.metadata.name };
    for (const finding of checked?.findings ?? []) if (finding.severity === 'warning') tell.finding({ ...fields, ...describe(finding) });
    if (!checked?.rule) {
      for (const finding of checked?.findings ?? [])
        if (finding.severity === 'error') tell.ruleRefused({ ...fields, ...describe(finding) });
      return;
    }
    const isNew = !seen.has(uid);
    seen.set(uid, { spec, object });
    await workbench.set(checked.rule);
    tell.ruleLoaded({ ...fields, changed: !isNew });
  }

  async function gone(object: KubeObject): Promise<void> {
    if (!seen.delete(String(object.metadata.uid))) return;
    const metadata = { ...object.metadata, namespace: object.metadata.namespace ?? '' };
    await workbench.remove({ kind: kind.kind, metadata });
    tell.ruleRemoved({ kind: kind.kind, namespace: metadata.namespace, name: metadata.name });
  }

  for await (const unfolding of watchResources(
    kube,
    type,
    { namespace },
    { signal, clock, tell, labels: { part: `rules of kind ${kind.kind}` } },
  )) {
    if (unfolding.kind === 'snapshot') {
      const present = new Set(unfolding.items.map((item) => item.metadata.uid));
      for (const [uid, { object }] of seen) if (!present.has(uid)) await gone(object);
      for (const item of unfolding.items) await changed(item);
    } else {
      for (const change of unfolding.changes) await (change.gone ? gone(change.object) : changed(change.object));
    }
  }
}

const describe = ({ code, path, message, hint }: Finding) => ({
  code,
  field: showPath(path),
  finding: message,
  ...(hint === undefined ? {} : { hint }),
});
