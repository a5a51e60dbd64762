import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { reasonOf } from '../../../src/core/errors/from-unknown.ts';
import type { EventData } from '../../../src/core/event/data.ts';
import type { Event } from '../../../src/core/event/event.ts';
import type { Json } from '../../../src/core/json/json.ts';
import { parseJson } from '../../../src/core/json/parse.ts';
import { compilePath, type Found, type JsonPath } from '../../../src/core/json/path/index.ts';
import { stringifyJson } from '../../../src/core/json/stringify.ts';
import type { TemplateOptions } from '../../../src/core/template/index.ts';
import { compileValueTemplate } from '../../templates.ts';
import { contextJson, eventJson } from './event-json.ts';
import type { ParameterSourceSpec } from './spec.ts';

/** What a parameter's source gives: a text, and what kind of JSON it stands for. Only what a path found is other than a string. */
export type Resolved = Pick<Found, 'type' | 'text'>;

/**
 * Resolves a source against the events of a firing; undefined when its dependency is not among them and there is no default, which is
 * normal for a trigger that fires on any one of several. Throws EngineError EVENT_PATH_MISSING, EVENT_PARAMETER or EVENT_LIMIT.
 */
export type Source = (events: ReadonlyMap<string, Event>) => Resolved | undefined;

export function compileSource(spec: ParameterSourceSpec, options: Partial<TemplateOptions> = {}): Source {
  const { dependencyName } = spec;
  const fallback: Resolved | undefined = spec.value === undefined ? undefined : { type: 'String', text: spec.value };
  const read = reader(spec, options);
  return (events) => {
    const event = events.get(dependencyName);
    if (!event) return fallback;
    if (!read) return fallback ?? { type: 'String', text: eventJson(event) };
    if (!fallback) return read(event) ?? missing(spec);
    try {
      return read(event) ?? fallback;
    } catch (thrown) {
      if (isLimit(thrown) || !(thrown instanceof EngineError)) throw thrown;
      return fallback;
    }
  };
}

type Reader = (event: Event) => Resolved | undefined;

/** Reads from the payload where the source names anything of it, else from the attributes; undefined when it names nothing at all. */
function reader(spec: ParameterSourceSpec, options: Partial<TemplateOptions>): Reader | undefined {
  const ofData = Boolean(spec.dataKey || spec.dataTemplate);
  const key = ofData ? spec.dataKey : spec.contextKey;
  const template = ofData ? spec.dataTemplate : spec.contextTemplate;
  const byKey = key ? keyReader(key, ofData ? findInPayload : findInContext) : undefined;
  if (!template) return byKey;
  const byTemplate = templateReader(template, ofData ? payloadValue : contextValue, options);
  return byKey ? firstOf(byTemplate, byKey) : byTemplate;
}

function keyReader(key: string, find: (event: Event, path: JsonPath) => Found | undefined): Reader {
  const path = compilePath(key);
  return (event) => {
    const found = find(event, path);
    return found && { type: found.type, text: found.type === 'Null' ? 'null' : found.text };
  };
}

function templateReader(template: string, inputOf: (event: Event) => Json, options: Partial<TemplateOptions>): Reader {
  const render = compileValueTemplate(template, options);
  return (event) => ({ type: 'String', text: render(inputOf(event)) });
}

/** Whatever stands in for what fails, a limit stays a limit: else the same would be spent again for each parameter. */
const isLimit = (thrown: unknown): boolean => thrown instanceof EngineError && thrown.code === 'EVENT_LIMIT';

/** The key stands in for a template that fails. */
function firstOf(byTemplate: Reader, byKey: Reader): Reader {
  return (event) => {
    try {
      return byTemplate(event);
    } catch (thrown) {
      if (isLimit(thrown) || !(thrown instanceof EngineError)) throw thrown;
      return byKey(event);
    }
  };
}

const findInContext = (event: Event, path: JsonPath) => path.get(contextJson(event));
const contextValue = (event: Event): Json => parseJson(contextJson(event));

function findInPayload({ datacontenttype, data }: Event, path: JsonPath): Found | undefined {
  return datacontenttype === 'application/json' ? checked(data).find(path) : path.get(convertedJson(datacontenttype, data));
}

function payloadValue({ datacontenttype, data }: Event): Json {
  return datacontenttype === 'application/json' ? checked(data).json : parseJson(convertedJson(datacontenttype, data));
}

/** A payload that is not JSON, as JSON text: YAML is converted; other media types hold nothing that a path could find. */
function convertedJson(datacontenttype: string | undefined, data: EventData | undefined): string {
  if (datacontenttype !== 'application/yaml') throw unusable(`unsupported event content type: ${datacontenttype}`);
  try {
    return stringifyJson(data?.yaml ?? null);
  } catch (thrown) {
    if (isLimit(thrown)) throw thrown;
    throw unusable(`failed converting yaml event data to JSON: ${reasonOf(thrown)}`, thrown);
  }
}

function checked(data: EventData | undefined): EventData {
  const problem = 'event data is not valid JSON';
  if (!data) throw unusable(problem);
  try {
    void data.json;
  } catch (thrown) {
    throw unusable(problem, thrown);
  }
  return data;
}

const unusable = (problem: string, cause?: unknown): EngineError => new EngineError('EVENT_PARAMETER', { problem }, { cause });

function missing({ dependencyName, dataKey, contextKey }: ParameterSourceSpec): never {
  throw new EngineError('EVENT_PATH_MISSING', { path: dataKey || contextKey, dependency: dependencyName });
}
