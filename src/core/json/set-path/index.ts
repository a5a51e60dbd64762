/**
 * Writes into JSON text by path, in the words of sjson: `spec.rules.0.host`, `items.-1`, `metadata.labels.app\.kubernetes\.io/name`.
 *
 * Parameters of Argo Events name their destinations so. Bytes that the change does not touch stay as they are. Parents that are missing
 * are made: a list where the next part is a number, else an object. A query, a `#` or a wildcard changes what is there and makes nothing.
 *
 * Throws EngineError CONFIG_PATH when the path cannot be written to in this text.
 */
import { EngineError } from '../../errors/engine-error.ts';
import { Path } from '../path/path.ts';
import { nextElement, valueEnd } from '../path/scan.ts';
import { parseValue } from '../path/value.ts';
import { goQuote } from '../quote.ts';
import { type Component, components } from './components.ts';

/** More elements than this are not made to reach an index. */
const widest = 100_000;

/** Sets JSON text, unchecked, at the path. */
export function setRaw(json: string, path: string, raw: string): string {
  if (path === '') throw wrong(path, 'path cannot be empty');
  const parts = components(path);
  return parts ? setIn(json, parts, 0, raw, path) : setMatches(json, path, raw);
}

/** Sets a text, as a JSON string, at the path. */
export function setString(json: string, path: string, text: string): string {
  return setRaw(json, path, quoted(text));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters for which sjson asks encoding/json
const careful = /["\\\0-\x1f\x80-\uffff]/;

/** As sjson does it: `<`, `>` and `&` are escaped only in a text that has to be escaped anyway. */
const quoted = (text: string): string => (careful.test(text) ? goQuote(text) : `"${text}"`);

function setIn(json: string, parts: readonly Component[], at: number, raw: string, path: string): string {
  const place = new Path(parts[at]!.lookup).search(json)?.places[0];
  if (place && place.start > 0) {
    const inner = at + 1 < parts.length ? setIn(json.slice(place.start, place.end), parts, at + 1, raw, path) : raw;
    return json.slice(0, place.start) + inner + json.slice(place.end);
  }
  return add(json, parts, at, raw, path);
}

/** Adds what is not there yet, to the object or list that the text is; to a new one when it is neither. */
function add(json: string, parts: readonly Component[], at: number, raw: string, path: string): string {
  const { key, index } = parts[at]!;
  const existing = parseValue(json);
  const container = existing?.type === 'JSON' ? existing.raw : typeof index === 'number' ? '[]' : '{}';
  const comma = /^.[\0- ]*(?:[\]}]|$)/s.test(container) ? '' : ',';
  if (container.startsWith('{')) {
    const end = Math.max(container.lastIndexOf('}'), 0);
    return `${container.slice(0, end)}${comma}${built(parts, at, raw, 'member', path)}}`;
  }
  const element = built(parts, at, raw, 'element', path);
  if (index === 'end') return `${container.replace(/\]?[\0- ]*$/, '')}${comma}${element}]`;
  if (index === undefined) throw wrong(path, `cannot set array element for non-numeric key '${key}'`);
  const elements = elementsOf(container);
  const missing = nulls(index - elements.length, path);
  return `[${[...elements, ...missing, element].join(',')}]`;
}

/** The value with the parents that it needs below this part. */
function built(parts: readonly Component[], at: number, raw: string, as: 'member' | 'element', path: string): string {
  const next = parts[at + 1];
  let value = raw;
  if (next?.index !== undefined) {
    const missing = next.index === 'end' ? [] : nulls(next.index, path);
    value = `[${[...missing, built(parts, at + 1, raw, 'element', path)].join(',')}]`;
  } else if (next) {
    value = `{${built(parts, at + 1, raw, 'member', path)}}`;
  }
  return as === 'member' ? `${quoted(parts[at]!.key)}:${value}` : value;
}

function nulls(count: number, path: string): string[] {
  if (count > widest) throw wrong(path, `an index ${count} beyond the end of the list is too far`);
  return new Array<string>(Math.max(count, 0)).fill('null');
}

function elementsOf(list: string): string[] {
  const elements: string[] = [];
  for (let start = nextElement(list, 1); start >= 0; ) {
    const end = valueEnd(list, start);
    elements.push(list.slice(start, end < 0 ? undefined : end));
    start = end < 0 ? -1 : nextElement(list, end);
  }
  return elements;
}

/** Replaces each value that the path finds in the text itself. What it makes anew, by a pipe or a modifier, has no place to be changed at. */
function setMatches(json: string, path: string, raw: string): string {
  const places = new Path(path).search(json)?.places ?? [];
  let text = '';
  let done = 0;
  for (const { start, end } of [...places].sort((a, b) => a.start - b.start)) {
    text += json.slice(done, start) + raw;
    done = end;
  }
  return text + json.slice(done);
}

const wrong = (path: string, problem: string): EngineError => new EngineError('CONFIG_PATH', { path, problem });
