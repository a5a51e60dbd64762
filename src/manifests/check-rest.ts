import type { Code } from '../core/errors/codes.ts';
import type { Finding, Path } from '../core/errors/finding.ts';
import type { JsonObject } from '../core/json/json.ts';
import type { CheckOptions, Kind } from '../core/schema/kind.ts';
import { read, valueAt } from '../core/schema/read.ts';

/** What is wrong in a text by itself, however the fields around it are. */
const local: ReadonlySet<Code> = new Set([
  'CONFIG_JQ',
  'CONFIG_LUA',
  'CONFIG_TEMPLATE',
  'CONFIG_EXPRESSION',
  'CONFIG_CEL',
  'CONFIG_REGEX',
  'CONFIG_PATH',
  'CONFIG_YAML',
  'CONFIG_UNSUPPORTED',
]);

/**
 * What is wrong in the rest of an object that its schema refuses, so that an author sees every mistake at once: the parts that do not fit
 * are taken out, and what is left is checked. Only findings that cannot come from what was taken out are kept.
 */
export function checkRest(kind: Kind, object: JsonObject, options?: CheckOptions): Finding[] {
  const rest = structuredClone(object);
  const kept = new Map<string, number[]>();
  const takenOut: Path[] = [];
  for (;;) {
    const { value, findings } = read(kind.schema, rest);
    if (value !== undefined) {
      return kind
        .check(value, options)
        .map((finding) => ({ ...finding, path: original(finding.path, kept) }))
        .filter((finding) => isSure(finding, takenOut));
    }
    const broken = findings.find(({ severity }) => severity === 'error')!;
    const isThere = valueAt(rest, broken.path) !== undefined;
    const part = isThere ? broken.path : broken.path.slice(0, -1);
    if (part.length < 2) return [];
    takenOut.push(original(part, kept));
    takeOut(rest, part, kept);
  }
}

/** Entries of a source, dependencies and triggers: `spec.triggers[0]`. */
const unit = 3;

/**
 * Whether a finding is true of the whole object, too. What is wrong with a field stays wrong, unless something in that field was taken out
 * or it is about another field. A warning is about what a unit does as a whole: there, what is taken out of a unit says nothing about the
 * others, and a whole unit nothing about the others of its list.
 */
function isSure({ code, severity, path }: Finding, takenOut: readonly Path[]): boolean {
  if (takenOut.some((part) => isWithin(part, path))) return false;
  if (local.has(code)) return true;
  if (code === 'CONFIG_UNKNOWN_DEPENDENCY') return takenOut.every((part) => part.length !== unit || part[1] !== 'dependencies');
  if (severity === 'error') return true;
  const ofUnit = path.slice(0, unit);
  return (
    path.length >= unit &&
    takenOut.every((part) => part[0] !== 'spec' || (!isWithin(part, ofUnit) && (part.length !== unit || part[1] === path[1])))
  );
}

const isWithin = (part: Path, whole: Path): boolean => whole.every((step, index) => step === part[index]);

function takeOut(rest: JsonObject, path: Path, kept: Map<string, number[]>): void {
  const last = path.at(-1)!;
  const parent = valueAt(rest, path.slice(0, -1));
  if (!Array.isArray(parent)) {
    delete (parent as Record<string, unknown>)[last];
    return;
  }
  const id = JSON.stringify(original(path.slice(0, -1), kept));
  const indices = kept.get(id) ?? parent.map((_, index) => index);
  indices.splice(Number(last), 1);
  parent.splice(Number(last), 1);
  kept.set(id, indices);
}

/** A path in the rest as a path in the whole object: elements of lists were further behind. */
function original(path: Path, kept: ReadonlyMap<string, number[]>): Path {
  const whole: (string | number)[] = [];
  for (const step of path) whole.push(kept.get(JSON.stringify(whole))?.[Number(step)] ?? step);
  return whole;
}
