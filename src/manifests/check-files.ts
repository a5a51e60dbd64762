/**
 * Everything that can be said of rule files before they run: what is wrong with each object by itself, and what only shows when all
 * are seen together. `sensorium validate` prints it.
 */
import { isDeepStrictEqual } from 'node:util';
import { warning } from '../core/errors/finding.ts';
import { checkRule } from './check.ts';
import { checkTogether } from './check-together.ts';
import { type LoadedObject, type PlacedFinding, placed } from './document.ts';
import { kindOf } from './kinds.ts';
import type { Loaded } from './load.ts';
import { at, idOf } from './look.ts';

export interface Report {
  /** How many objects were looked at, those that are none of ours among them. */
  readonly objects: number;
  /** By file, then by place in it. */
  readonly findings: readonly PlacedFinding[];
}

export function checkLoaded({ objects, findings }: Loaded): Report {
  const together = checkTogether(objects);
  const all = objects.flatMap((loaded) =>
    [...(checkRule(loaded.object)?.findings ?? []), ...(together.get(loaded.object) ?? [])].map((finding) => placed(finding, loaded)),
  );
  return { objects: objects.length, findings: inOrder([...findings, ...all, ...repeated(objects)]) };
}

/** Rules of one kind and name: the later one takes the place of the one before. Copies do no harm. */
function repeated(objects: readonly LoadedObject[]): PlacedFinding[] {
  const seen = new Map<string, LoadedObject>();
  return objects.flatMap((loaded) => {
    const { object } = loaded;
    if (!kindOf(object) || typeof at(object, 'metadata', 'name') !== 'string') return [];
    const what = `${object['kind']} ${idOf(object)}`;
    const first = seen.get(what);
    if (!first) {
      seen.set(what, loaded);
      return [];
    }
    if (isDeepStrictEqual(object, first.object)) return [];
    const { line } = first.yaml.positionOf(first.at);
    const problem = `${what} is there twice: this one takes the place of the one at ${first.file}:${line}`;
    return [placed(warning('CONFIG_INVALID', ['metadata', 'name'], { problem }), loaded)];
  });
}

/** By file, then by place in it; an error before a warning of the same place. */
export function inOrder(findings: readonly PlacedFinding[]): PlacedFinding[] {
  return findings.toSorted(
    (a, b) =>
      compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.severity, b.severity) || compare(a.message, b.message),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
