import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { reasonOf } from '../../../src/core/errors/from-unknown.ts';
import type { EventData } from '../../../src/core/event/data.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { compilePath, type Found } from '../../../src/core/json/path/index.ts';
import { stringifyJson } from '../../../src/core/json/stringify.ts';
import { parseYaml } from '../../../src/core/yaml/parse.ts';
import { contextJson, eventJson } from './event-json.ts';
import type { ParameterSourceSpec } from './spec.ts';

/** What a parameter's source gives: a text, and what kind of JSON it stands for. Only what a path found is other than a string. */
export type Resolved = Pick<Found, 'type' | 'text'>;

/**
 * Resolves a source against the events of a firing; undefined when its dependency is not among them and there is no default, which is
 * normal for a trigger that fires on any one of several. Throws EngineError EVENT_PATH_MISSING or EVENT_PARAMETER.
 */
export type Source = (events: ReadonlyMap<string, Event>) => Resolved | undefined;

export function compileSource(spec: ParameterSourceSpec): Source {
  const { dependencyName } = spec;
  const fallback: Resolved | undefined = spec.value === undefined ? undefined : { type: 'String', text: spec.value };
  const read = reader(spec);
  return (events) => {
    const event = events.get(dependencyName);
    if (!event) return fallback;
    if (!read) return fallback ?? { type: 'String', text: eventJson(event) };
    if (!fallback) return read(event) ?? missing(spec);
    try {
      return read(event) ?? fallback;
    } catch (thrown) {
      if (thrown instanceof EngineError) return fallback;
      throw thrown;
    }
  };
}

/** Reads by path from the payload, else from the attributes; undefined when the source names no path. */
function reader({ dataKey, contextKey }: ParameterSourceSpec): ((event: Event) => Resolved | undefined) | undefined {
  if (!dataKey && !contextKey) return undefined;
  const path = compilePath(dataKey || contextKey || '');
  const input = dataKey ? payloadJson : contextJson;
  return (event) => {
    const found = path.get(input(event));
    return found && { type: found.type, text: found.type === 'Null' ? 'null' : found.text };
  };
}

/** The payload as JSON text. YAML is converted; other media types hold nothing that a path could find. */
function payloadJson({ datacontenttype, data }: Event): string {
  if (datacontenttype === 'application/json') return checkedJson(data);
  if (datacontenttype !== 'application/yaml') throw unusable(`unsupported event content type: ${datacontenttype}`);
  try {
    return stringifyJson(parseYaml(data?.text ?? ''));
  } catch (thrown) {
    throw unusable(`failed converting yaml event data to JSON: ${reasonOf(thrown)}`, thrown);
  }
}

function checkedJson(data: EventData | undefined): string {
  const problem = 'event data is not valid JSON';
  if (!data) throw unusable(problem);
  try {
    void data.json;
  } catch (thrown) {
    throw unusable(problem, thrown);
  }
  return data.text;
}

const unusable = (problem: string, cause?: unknown): EngineError => new EngineError('EVENT_PARAMETER', { problem }, { cause });

function missing({ dependencyName, dataKey, contextKey }: ParameterSourceSpec): never {
  throw new EngineError('EVENT_PATH_MISSING', { path: dataKey || contextKey, dependency: dependencyName });
}
