/** Events for a rehearsal: from files, from the payload alone, or from attributes that are partly left out. */
import { readFileSync } from 'node:fs';
import { closest } from '../../core/errors/closest.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import { fileReasonOf } from '../../core/errors/from-unknown.ts';
import { EventData } from '../../core/event/data.ts';
import type { Event } from '../../core/event/event.ts';
import { isObject, type Json, type JsonObject } from '../../core/json/json.ts';
import { stringifyJson } from '../../core/json/stringify.ts';
import { parseDocuments } from '../../core/yaml/documents.ts';
import type { SensorFile } from './sensors.ts';

/** An event, and the dependency that it is for; without one, all that listen to its source and subject. */
export interface Given {
  readonly event: Event;
  readonly dependency: string | undefined;
  /** Where it came from, for people: a file, a sequence of the bus. */
  readonly from: string;
}

/** Whom an event is for: a dependency, or whoever listens to an event of an event source. */
interface Addressee {
  readonly dependency?: string | undefined;
  readonly eventSourceName?: string | undefined;
  readonly eventName?: string | undefined;
}

/** A value that has what every CloudEvent must have. */
export const isCloudEvent = (value: Json): value is JsonObject =>
  isObject(value) && typeof value['specversion'] === 'string' && 'source' in value && 'type' in value;

/**
 * The events of a file, one for each of its documents: CloudEvents, or payloads alone. `-` is standard input. Throws as `giveData` does,
 * and CONFIG_FILE_MISSING or CONFIG_YAML with the place.
 */
export function givenIn(path: string, to: Addressee, file: SensorFile, { now, index }: { now: number; index: number }): Given[] {
  const { from, values } = documentsIn(path);
  return values.map((value, at) => {
    const options = { now, from, index: index + at };
    return isCloudEvent(value) ? giveEvent(value, to, file, options) : giveData(value, to, file, options);
  });
}

/** The documents of a file, and what the file is called. Throws CONFIG_FILE_MISSING or CONFIG_YAML with the place. */
export function documentsIn(path: string): { readonly from: string; readonly values: readonly Json[] } {
  const from = path === '-' ? 'stdin' : path;
  const values = parseDocuments(readText(path)).map(({ value = null, problems: [problem] }) => {
    if (!problem) return value;
    const { line, column } = problem.position;
    throw new EngineError('CONFIG_YAML', { reason: `${problem.message} (${from}:${line}:${column})` });
  });
  return { from, values };
}

function readText(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (cause) {
    throw new EngineError('CONFIG_FILE_MISSING', { file: path, reason: fileReasonOf(cause) }, { cause });
  }
}

/**
 * An event of a sensor from a payload. Attributes that nobody gave are those of the dependency and of its EventSource, where that was
 * loaded; an event that names no dependency and no source is for the only dependency that there is. Throws CONFIG_MISSING when it is nobody's, CONFIG_UNKNOWN_DEPENDENCY.
 */
export function giveData(
  data: Json | undefined,
  to: Addressee,
  file: SensorFile,
  options: { now: number; from: string; index: number },
): Given {
  return giveEvent(data === undefined ? {} : { data }, to, file, options);
}

/** The same from attributes of a CloudEvent with `data` or `data_base64`. */
export function giveEvent(
  attributes: JsonObject,
  to: Addressee,
  { sensor, types }: SensorFile,
  { now, from, index }: { now: number; from: string; index: number },
): Given {
  const { data, data_base64: encoded, specversion: _, ...rest } = attributes;
  const text = (name: string): string | undefined => (rest[name] === undefined || rest[name] === null ? undefined : String(rest[name]));
  const source = to.eventSourceName ?? text('source');
  const subject = to.eventName ?? text('subject');
  const dependency = to.dependency ?? (source === undefined ? onlyDependency(sensor.spec.dependencies, from) : undefined);
  const listener = sensor.spec.dependencies.find((one) => one.name === dependency);
  if (dependency !== undefined && !listener) throw unknown(dependency, sensor.spec.dependencies);
  const known = ['id', 'source', 'subject', 'type', 'time', 'datacontenttype'];
  const origin = { source: source ?? listener?.eventSourceName ?? '', subject: subject ?? listener?.eventName ?? '' };
  const event: Event = {
    ...origin,
    id: text('id') ?? `given-${index + 1}`,
    type: text('type') ?? types.get(`${origin.source}/${origin.subject}`) ?? 'resource',
    time: text('time') ?? new Date(now).toISOString(),
    datacontenttype: text('datacontenttype') ?? 'application/json',
    extensions: Object.fromEntries(Object.keys(rest).flatMap((name) => (known.includes(name) ? [] : [[name, text(name) ?? '']]))),
    data: dataOf(data, encoded, text('datacontenttype')),
  };
  return { event, dependency, from };
}

function onlyDependency(dependencies: readonly { name: string }[], from: string): string {
  const [only, second] = dependencies;
  if (only && !second) return only.name;
  throw new EngineError(
    'CONFIG_MISSING',
    { problem: `nothing says which dependency ${from} is for` },
    { hint: `name one of ${dependencies.map((one) => one.name).join(', ')}: --dependency NAME, or \`dependency: NAME\` in a test` },
  );
}

function unknown(name: string, dependencies: readonly { name: string }[]): EngineError {
  const names = dependencies.map((one) => one.name);
  const near = closest(name, names);
  return new EngineError(
    'CONFIG_UNKNOWN_DEPENDENCY',
    { name },
    { hint: near ? `did you mean "${near}"?` : `dependencies are ${names.join(', ')}` },
  );
}

/** A text is the payload as it is, where the media type is not JSON. */
function dataOf(data: Json | undefined, encoded: Json | undefined, type = 'application/json'): EventData | undefined {
  if (typeof encoded === 'string') return EventData.fromBytes(Buffer.from(encoded, 'base64'));
  if (data === undefined) return undefined;
  return typeof data === 'string' && !/[/+]json\s*(;|$)/i.test(type) ? EventData.fromText(data) : EventData.fromText(stringifyJson(data));
}
