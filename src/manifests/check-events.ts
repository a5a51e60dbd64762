import { closest } from '../core/errors/closest.ts';
import { type Finding, type Path, warning } from '../core/errors/finding.ts';
import { isObject, type Json, type JsonObject } from '../core/json/json.ts';
import { resourceAdvice } from './check-resource-events.ts';
import { at, namespaceOf, objectsIn } from './look.ts';

/** Dependencies of a Sensor on events that no loaded source emits, or that never reach it as it wants them. `sources` by namespace/name. */
export function eventAdvice(sensor: JsonObject, sources: ReadonlyMap<string, JsonObject>): Finding[] {
  if (sensor['kind'] !== 'Sensor' || sources.size === 0) return [];
  return objectsIn(at(sensor, 'spec', 'dependencies')).flatMap(({ one, index }) => {
    const path = ['spec', 'dependencies', index];
    const source = sources.get(`${namespaceOf(sensor)}/${one['eventSourceName']}`);
    if (!source) return unknownSource(one, [...sources.values()], path);
    const events = eventsOf(source);
    const event = events.find(({ name }) => name === one['eventName']);
    if (!event) return unknownEvent(one, events, path);
    return [
      ...otherBus(one, sensor, source, path),
      ...typeAdvice(one, event.type, path),
      ...(event.type === 'resource' ? resourceAdvice(sensor, one, index, event.entry) : []),
    ];
  });
}

interface EmittedEvent {
  readonly type: string;
  readonly name: string;
  readonly entry: Json;
}

/** What stands under every source type of an EventSource's spec. */
function eventsOf(source: JsonObject): EmittedEvent[] {
  const spec: Json = isObject(source['spec']) ? source['spec'] : {};
  return Object.entries(spec).flatMap(([type, entries]) =>
    isObject(entries) && !['template', 'service'].includes(type)
      ? Object.entries(entries).map(([name, entry]) => ({ type, name, entry }))
      : [],
  );
}

function unknownSource(dependency: JsonObject, sources: readonly JsonObject[], path: Path): Finding[] {
  const source = String(dependency['eventSourceName']);
  const near = closest(
    source,
    sources.map((one) => String(at(one, 'metadata', 'name'))),
  );
  const problem = `dependency "${dependency['name']}" names the event source "${source}", which none of these files holds`;
  return [
    warning(
      'CONFIG_INVALID',
      [...path, 'eventSourceName'],
      { problem },
      near && near !== source ? { hint: `eventSourceName: ${near}` } : {},
    ),
  ];
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

function typeAdvice(dependency: JsonObject, type: string, path: Path): Finding[] {
  const wanted = at(dependency, 'filters', 'context', 'type');
  if (typeof wanted !== 'string' || wanted === '' || wanted === type || dependency['filtersLogicalOperator'] === 'or') return [];
  const problem = `this filter never passes: the events of "${dependency['name']}" are of type "${type}"`;
  return [warning('CONFIG_INVALID', [...path, 'filters', 'context', 'type'], { problem }, { hint: `type: ${type}` })];
}
