/**
 * Rule files → objects with places. Reads files, folders (their `*.yaml`, `*.yml`, `*.json`, also deeper), http and https URLs, and `-` for
 * standard input; many documents a file. Every problem is a finding with file, line and column; one broken document hides no other.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EngineError } from '../core/errors/engine-error.ts';
import { error, type Finding, type Path } from '../core/errors/finding.ts';
import { fileReasonOf } from '../core/errors/from-unknown.ts';
import { fetchText } from '../core/http/fetch-text.ts';
import { isUrl, shownUrl } from '../core/http/url.ts';
import { isObject, type Json, type JsonObject } from '../core/json/json.ts';
import { parseDocuments } from '../core/yaml/documents.ts';
import { type LoadedObject, type PlacedFinding, placed } from './document.ts';

export interface Loaded {
  readonly objects: readonly LoadedObject[];
  readonly findings: readonly PlacedFinding[];
}

/** The most bytes of a page of rules. */
const largestPage = 8 * 1024 * 1024;

/** `namespace` is given to objects that name none. A file that is named twice is read once. Never rejects. */
export async function loadRules(paths: readonly string[], options: { namespace?: string | undefined } = {}): Promise<Loaded> {
  const objects: LoadedObject[] = [];
  const findings: PlacedFinding[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    const files = (await attempt(() => rulesIn(path), path, findings)) ?? [];
    for (const file of files) {
      const name = file === '-' ? 'stdin' : shownUrl(file);
      const id = isUrl(file) ? file : resolve(file);
      if (seen.has(id)) continue;
      seen.add(id);
      const text = await attempt(() => textOf(file), name, findings);
      if (text === undefined) continue;
      const loaded = loadText(name, text, options);
      objects.push(...loaded.objects);
      findings.push(...loaded.findings);
    }
  }
  return { objects, findings };
}

/** The rule files below a path. Files of user tests (`*.test.yaml`) and events (`*.event.json`) are not rules. */
export function rulesIn(path: string): string[] {
  if (path === '-' || isUrl(path) || !statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name.startsWith('.')) return [];
      if (entry.isDirectory()) return rulesIn(join(path, entry.name));
      return /\.(ya?ml|json)$/.test(entry.name) && isRuleFile(entry.name) ? [join(path, entry.name)] : [];
    });
}

/** False for a file of user tests (`*.test.yaml`) or an event (`*.event.json`). */
export const isRuleFile = (path: string): boolean => !/\.(test|event)\.(ya?ml|json)$/.test(path);

export function loadText(file: string, text: string, { namespace }: { namespace?: string | undefined } = {}): Loaded {
  const objects: LoadedObject[] = [];
  const findings: PlacedFinding[] = [];
  for (const yaml of parseDocuments(text)) {
    for (const { message, position } of yaml.problems)
      findings.push({ ...error('CONFIG_YAML', [], { reason: message }), file, ...position });
    if (yaml.value === undefined) continue;
    for (const { value, at } of itemsOf(yaml.value)) {
      if (isObject(value) && isNamed(value)) objects.push({ file, yaml, at, object: withNamespace(value, namespace) });
      else findings.push(placed(notAnObject(value), { file, yaml, at }));
    }
  }
  return { objects, findings };
}

function textOf(file: string): string | Promise<string> {
  return isUrl(file) ? fetchText(file, { limit: largestPage }) : readFileSync(file === '-' ? 0 : file, 'utf8');
}

async function attempt<T>(read: () => T | Promise<T>, file: string, findings: PlacedFinding[]): Promise<T | undefined> {
  try {
    return await read();
  } catch (thrown) {
    const reason = thrown instanceof EngineError ? String(thrown.fields['reason']) : fileReasonOf(thrown);
    findings.push({ ...error('CONFIG_FILE_MISSING', [], { file, reason }), file, line: 1, column: 1 });
    return undefined;
  }
}

/** A `List` (also a `SensorList`, as the API server gives it) is read as its items. */
function itemsOf(value: Json, at: Path = []): { value: Json; at: Path }[] {
  if (!isObject(value) || !/List$/.test(String(value['kind'])) || !Array.isArray(value['items'])) return [{ value, at }];
  return value['items'].flatMap((item, index) => itemsOf(item, [...at, 'items', index]));
}

const names = ['apiVersion', 'kind'] as const;

const isNamed = (value: JsonObject): boolean => names.every((name) => typeof value[name] === 'string');

function notAnObject(value: Json): Finding {
  const hint = 'give it `apiVersion`, `kind` and `metadata.name`';
  return error('CONFIG_NOT_AN_OBJECT', [], { actual: describe(value) }, { hint });
}

function withNamespace(object: JsonObject, namespace: string | undefined): JsonObject {
  const metadata = isObject(object['metadata']) ? object['metadata'] : {};
  if (namespace === undefined || metadata['namespace'] !== undefined) return object;
  return { ...object, metadata: { ...metadata, namespace } };
}

function describe(value: Json): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `the text "${value.slice(0, 40)}"`;
  if (!isObject(value)) return String(value);
  const missing = names.filter((name) => typeof value[name] !== 'string');
  const kind = typeof value['kind'] === 'string' ? `of kind ${value['kind']} ` : '';
  return `an object ${kind}without ${missing.join(' and ')}`;
}
