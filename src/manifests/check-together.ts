import { closest } from '../core/errors/closest.ts';
import { type Finding, warning } from '../core/errors/finding.ts';
import { isObject, type Json, type JsonObject } from '../core/json/json.ts';

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
