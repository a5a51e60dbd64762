import { closest } from '../core/errors/closest.ts';
import { type Finding, type Path, warning } from '../core/errors/finding.ts';
import { isObject, type Json, type JsonObject } from '../core/json/json.ts';
import { resourceAdvice } from './check-resource-events.ts';
import { at, nameOf, namespaceOf, objectsIn } from './look.ts';

/** Dependencies of a Sensor on events that no loaded source emits, or that never reach it as it wants them. `sources` by namespace/name. */
export function eventAdvice(sensor: JsonObject, sources: ReadonlyMap<string, JsonObject>): Finding[] {
  if (sensor['kind'] !== 'Sensor' || sources.size === 0) return [];
  const all = [...sources.values()];
  return objectsIn(at(sensor, 'spec', 'dependencies')).flatMap(({ one, index }) => {
    const path = ['spec', 'dependencies', index];
    const source = sources.get(`${namespaceOf(sensor)}/${one['eventSourceName']}`);
    if (!source) return unknownSource(one, namespaceOf(sensor), all, path);
    const events = eventsOf(source);
    if (!events) return [];
    const event = events.find(({ name }) => name === one['eventName']);
    if (!event) return unknownEvent(one, events, path);
    return [
      ...otherBus(one, sensor, source, path),
      ...typeAdvice(one, event.type, path),
      ...(event.type === 'resource' ? resourceAdvice(sensor, one, index, event.entry) : []),
    ];
  });
}

/** An EventListener of Tekton as the event source that Sensors see in it. */
export const asSource = (listener: JsonObject): JsonObject => ({
  ...listener,
  metadata: { ...(listener['metadata'] as JsonObject), name: `el-${nameOf(listener)}` },
});

interface EmittedEvent {
  /** Undefined where nothing is known of it. */
  readonly type: string | undefined;
  readonly name: string;
  readonly entry: Json;
}

/** What stands under every source type of an EventSource's spec; undefined where other objects say more. */
function eventsOf(source: JsonObject): EmittedEvent[] | undefined {
  if (source['kind'] === 'EventListener') return triggersOf(source);
  const spec: Json = isObject(source['spec']) ? source['spec'] : {};
  return Object.entries(spec).flatMap(([type, entries]) =>
    isObject(entries) && !['template', 'service'].includes(type)
      ? Object.entries(entries).map(([name, entry]) => ({ type, name, entry }))
      : [],
  );
}

/** What a trigger of an EventListener lets pass is an event of its name. */
function triggersOf(listener: JsonObject): EmittedEvent[] | undefined {
  const triggers = objectsIn(at(listener, 'spec', 'triggers')).map(({ one }) => one);
  const isWhole = !['triggerGroups', 'namespaceSelector', 'labelSelector'].some((field) => at(listener, 'spec', field) !== undefined);
  if (!isWhole || triggers.some((one) => one['triggerRef'] !== undefined)) return undefined;
  return triggers.flatMap((one) => (typeof one['name'] === 'string' ? { type: undefined, name: one['name'], entry: one } : []));
}

/** Where no source of the namespace is loaded, they come from elsewhere; but one of that very name in another namespace is meant. */
function unknownSource(dependency: JsonObject, namespace: string, sources: readonly JsonObject[], path: Path): Finding[] {
  const source = String(dependency['eventSourceName']);
  const here = sources.filter((one) => namespaceOf(one) === namespace).map(nameOf);
  const elsewhere = sources.find((one) => nameOf(one) === source);
  if (here.length === 0 && !elsewhere) return [];
  const near = closest(source, here);
  const known = `dependency "${dependency['name']}" names the event source "${source}", which`;
  const problem = elsewhere
    ? `${known} is in namespace "${namespaceOf(elsewhere)}", not in "${namespace}"`
    : `${known} none of these files holds`;
  const hint = elsewhere ? 'a Sensor hears only event sources of its own namespace' : near && `eventSourceName: ${near}`;
  return [warning('CONFIG_INVALID', [...path, 'eventSourceName'], { problem }, hint === undefined ? {} : { hint })];
}

function unknownEvent(dependency: JsonObject, events: readonly EmittedEvent[], path: Path): Finding[] {
  const event = String(dependency['eventName']);
  const names = events.map(({ name }) => name);
  const near = closest(event, names);
  const emits = names.map((name) => `"${name}"`).join(', ') || 'nothing';
  const problem = `dependency "${dependency['name']}" never matches: event source "${dependency['eventSourceName']}" emits ${emits}, not "${event}"`;
  return [warning('CONFIG_INVALID', [...path, 'eventName'], { problem }, near ? { hint: `eventName: ${near}` } : {})];
}

function otherBus(dependency: JsonObject, sensor: JsonObject, source: JsonObject, path: Path): Finding[] {
  const [here, there] = [sensor, source].map((object) => String(at(object, 'spec', 'eventBusName') ?? 'default'));
  if (here === there) return [];
  const problem = `dependency "${dependency['name']}" never matches: its event source publishes to the EventBus "${there}", this sensor listens to "${here}"`;
  return [warning('CONFIG_INVALID', [...path, 'eventSourceName'], { problem }, { hint: 'give both the same eventBusName' })];
}

function typeAdvice(dependency: JsonObject, type: string | undefined, path: Path): Finding[] {
  const wanted = at(dependency, 'filters', 'context', 'type');
  if (type === undefined || typeof wanted !== 'string' || wanted === '' || wanted === type || dependency['filtersLogicalOperator'] === 'or')
    return [];
  const problem = `this filter never passes: the events of "${dependency['name']}" are of type "${type}"`;
  return [warning('CONFIG_INVALID', [...path, 'filters', 'context', 'type'], { problem }, { hint: `type: ${type}` })];
}
