import { closest } from '../core/errors/closest.ts';
import { error, type Finding, warning } from '../core/errors/finding.ts';
import { isObject, type Json, type JsonObject } from '../core/json/json.ts';
import type { RuleMetadata } from '../core/schema/kind.ts';
import { read } from '../core/schema/read.ts';
import { kindOf, kinds } from './kinds.ts';

/** A rule that may run: what the schema made of it, with the kind it is of. */
export interface Rule {
  readonly kind: string;
  readonly metadata: RuleMetadata;
  /** As read by the kind's schema; its owner knows the type. */
  readonly value: unknown;
}

export interface Checked {
  /** Undefined when it is refused: there is an error among the findings. */
  readonly rule: Rule | undefined;
  readonly findings: readonly Finding[];
}

/** Checks one of our objects: schema, then everything that can be compiled. Undefined when the object is none of ours. */
export function checkRule(object: JsonObject): Checked | undefined {
  const kind = kindOf(object);
  if (!kind) return unknownKind(object);
  const name = isObject(object['metadata']) ? object['metadata']['name'] : undefined;
  if (typeof name !== 'string' || name === '') {
    return { rule: undefined, findings: [error('CONFIG_MISSING', ['metadata', 'name'], { problem: `${kind.kind} has no metadata.name` })] };
  }
  const { value, findings } = read(kind.schema, object);
  if (value === undefined) return { rule: undefined, findings };
  const all = [...findings, ...kind.check(value)];
  if (all.some((finding) => finding.severity === 'error')) return { rule: undefined, findings: all };
  return { rule: { kind: kind.kind, metadata: (value as { metadata: RuleMetadata }).metadata, value }, findings: all };
}

/** A kind of our group that we don't know, or a known kind in a wrong version, is a mistake; anything else is just not a rule. */
function unknownKind(object: JsonObject): Checked | undefined {
  const apiVersion = String(object['apiVersion']);
  const near = kinds.find((kind) => kind.kind === object['kind'] && apiVersion.startsWith(`${kind.group}/`));
  if (near) {
    const hint = `apiVersion: ${near.group}/${near.version}`;
    return {
      rule: undefined,
      findings: [error('CONFIG_UNKNOWN_KIND', ['apiVersion'], { kind: String(object['kind']), apiVersion }, { hint })],
    };
  }
  const likely = closest(
    String(object['kind']),
    kinds.map((kind) => kind.kind),
  );
  if (!kinds.some((kind) => `${kind.group}/${kind.version}` === apiVersion) || !likely) return undefined;
  return {
    rule: undefined,
    findings: [error('CONFIG_UNKNOWN_KIND', ['kind'], { kind: String(object['kind']), apiVersion }, { hint: `did you mean ${likely}?` })],
  };
}

/** What only shows when all rules are seen together: a dependency on an event that no loaded source emits. Keyed by object. */
export function checkTogether(objects: readonly JsonObject[]): Map<JsonObject, Finding[]> {
  const emitted = new Map<string, string[]>();
  for (const object of objects) if (object['kind'] === 'EventSource') emitted.set(idOf(object), eventNames(object));
  const found = new Map<JsonObject, Finding[]>();
  if (emitted.size === 0) return found;
  for (const object of objects) {
    const dependencies = object['kind'] === 'Sensor' && isObject(object['spec']) ? object['spec']['dependencies'] : undefined;
    if (!Array.isArray(dependencies)) continue;
    const findings = dependencies.flatMap((dependency, index) =>
      isObject(dependency) ? unknownEvent(dependency, index, object, emitted) : [],
    );
    if (findings.length > 0) found.set(object, findings);
  }
  return found;
}

function unknownEvent(dependency: JsonObject, index: number, sensor: JsonObject, emitted: ReadonlyMap<string, string[]>): Finding[] {
  const source = String(dependency['eventSourceName']);
  const event = String(dependency['eventName']);
  const names = emitted.get(`${namespaceOf(sensor)}/${source}`);
  const path = ['spec', 'dependencies', index, names ? 'eventName' : 'eventSourceName'];
  if (names?.includes(event)) return [];
  const sources = [...emitted.keys()].map((id) => id.split('/')[1]!);
  const near = names ? closest(event, names) : closest(source, sources);
  const problem = names
    ? `dependency "${dependency['name']}" never matches: event source "${source}" emits ${names.map((name) => `"${name}"`).join(', ') || 'nothing'}, not "${event}"`
    : `dependency "${dependency['name']}" names the event source "${source}", which none of these files holds`;
  return [
    warning(
      'CONFIG_INVALID',
      path,
      { problem },
      near && near !== (names ? event : source) ? { hint: `${names ? 'eventName' : 'eventSourceName'}: ${near}` } : {},
    ),
  ];
}

const namespaceOf = (object: JsonObject): string => String(isObject(object['metadata']) ? (object['metadata']['namespace'] ?? '') : '');
const idOf = (object: JsonObject): string => `${namespaceOf(object)}/${isObject(object['metadata']) ? object['metadata']['name'] : ''}`;

/** Names of events under every source type of an EventSource's spec. */
function eventNames(source: JsonObject): string[] {
  const spec: Json = isObject(source['spec']) ? source['spec'] : {};
  return Object.entries(spec).flatMap(([key, entries]) =>
    isObject(entries) && !['template', 'service'].includes(key) ? Object.keys(entries) : [],
  );
}
