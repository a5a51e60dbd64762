/**
 * Keeps a place like the rule files: hands over every object in them, again when a file is saved, and takes away what a file no
 * longer holds. A broken file or object changes nothing; its findings are reported and the rest goes on.
 */
import { statSync } from 'node:fs';
import { EngineError } from '../../core/errors/engine-error.ts';
import type { Finding } from '../../core/errors/finding.ts';
import { fromUnknown } from '../../core/errors/from-unknown.ts';
import { isUrl } from '../../core/http/url.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { stringifyJson } from '../../core/json/stringify.ts';
import { type KubeObject, nameOf } from '../../core/kube/kube.ts';
import type { CheckOptions } from '../../core/schema/kind.ts';
import type { Clock } from '../../core/time/clock.ts';
import { checkRule } from '../../manifests/check.ts';
import { checkTogether } from '../../manifests/check-together.ts';
import { type LoadedObject, type PlacedFinding, placed } from '../../manifests/document.ts';
import { loadRules, rulesIn } from '../../manifests/load.ts';
import type { Rule } from '../../manifests/rule.ts';

/** Where the objects of the files go. Both may reject; the object is then tried again when its file changes. */
export interface Sink {
  /** `rule` is there when the object is one of our kinds. */
  set(object: KubeObject, rule: Rule | undefined): Promise<void>;
  remove(object: KubeObject): Promise<void>;
}

interface FollowFilesOptions extends CheckOptions {
  readonly paths: readonly string[];
  readonly namespace: string | undefined;
  readonly sink: Sink;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  report(finding: PlacedFinding): void;
  changed(what: { file: string; object: KubeObject; action: 'set' | 'removed' }): void;
}

/** How often files are looked at. Editors replace files in ways that notifications miss; a look costs microseconds. */
const lookEvery = 250;

interface FollowFiles {
  /** Hands everything over once. */
  first(): Promise<void>;
  /** Hands over what changes from then on, until the signal aborts. */
  follow(): Promise<void>;
}

interface Held {
  readonly text: string;
  readonly file: string;
  readonly object: KubeObject;
}

export function followFiles(options: FollowFilesOptions): FollowFiles {
  const { sink, clock, signal } = options;
  const held = new Map<string, Held>();
  let looked = '';

  async function readAll(): Promise<void> {
    looked = fingerprint(options.paths);
    const { objects, findings } = await loadRules(options.paths, { namespace: options.namespace });
    findings.forEach(options.report);
    const together = checkTogether(objects);
    const present = new Set<string>();
    for (const loaded of objects.toSorted((a, b) => rank(a.object) - rank(b.object))) {
      present.add(idOf(loaded.object));
      await setOne(loaded, together.get(loaded.object) ?? []);
    }
    const unreadable = new Set(findings.map((finding) => finding.file));
    for (const [id, one] of held) if (!present.has(id) && !unreadable.has(one.file)) await removeOne(id, one);
  }

  async function setOne(loaded: LoadedObject, together: readonly Finding[]): Promise<void> {
    const id = idOf(loaded.object);
    const text = stringifyJson(loaded.object);
    if (held.get(id)?.text === text) return;
    const checked = checkRule(loaded.object, options);
    for (const finding of [...(checked?.findings ?? []), ...together]) options.report(placed(finding, loaded));
    if (checked && !checked.rule) return;
    const object = loaded.object as KubeObject;
    try {
      await sink.set(object, checked?.rule);
    } catch (thrown) {
      if (!signal.aborted) options.report(placed(asFinding(thrown), loaded));
      return;
    }
    held.set(id, { text, object, file: loaded.file });
    options.changed({ file: loaded.file, object, action: 'set' });
  }

  async function removeOne(id: string, { object, file }: Held): Promise<void> {
    await sink.remove(object);
    held.delete(id);
    options.changed({ file, object, action: 'removed' });
  }

  return {
    first: readAll,
    async follow() {
      while (!signal.aborted) {
        await clock.sleep(lookEvery, signal);
        if (!signal.aborted && fingerprint(options.paths) !== looked) await readAll();
      }
    },
  };
}

/** Names, sizes and times of all files, so that any change shows. Standard input and URLs are not looked at again. */
function fingerprint(paths: readonly string[]): string {
  return paths
    .filter((path) => path !== '-' && !isUrl(path))
    .map((path) => {
      try {
        return rulesIn(path)
          .map((file) => `${file} ${statSync(file).size} ${statSync(file).mtimeMs}`)
          .join('\n');
      } catch {
        return `${path} missing`;
      }
    })
    .join('\n');
}

/** Definitions before what is defined by them, and rules before the objects that they react to. */
function rank(object: JsonObject): number {
  const order = ['Namespace', 'CustomResourceDefinition', 'EventBus', 'EventSource', 'Sensor', 'ServiceAccount', 'Role', 'ClusterRole'];
  const place = order.indexOf(String(object['kind']));
  return place === -1 ? order.length : place;
}

const idOf = (object: JsonObject): string => {
  const { apiVersion, kind, metadata } = object as KubeObject;
  return `${apiVersion} ${nameOf({ kind }, metadata)}`;
};

function asFinding(thrown: unknown): Finding {
  const { code, message, hint } = thrown instanceof EngineError ? thrown : fromUnknown(thrown);
  return { severity: 'error', code, path: [], message, ...(hint === undefined ? {} : { hint }) };
}
