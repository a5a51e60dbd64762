/**
 * Writes into JSON text by path, in the words of sjson: `spec.rules.0.host`, `items.-1`, `metadata.labels.app\.kubernetes\.io/name`.
 *
 * Parameters of Argo Events name their destinations so. Bytes that the change does not touch stay as they are. Parents that are missing
 * are made: a list where the next part is a number, else an object. A query, a `#` or a wildcard changes what is there and makes nothing.
 *
 * Throws EngineError CONFIG_PATH when the path cannot be written to in this text, EVENT_LIMIT where reading by the path does.
 */
import { EngineError } from '../../errors/engine-error.ts';
import { deepest } from '../parse-exactly.ts';
import { Path } from '../path/path.ts';
import { nextElement, valueEnd } from '../path/scan.ts';
import { trimmedEnd } from '../path/space.ts';
import { type Place, parseValue } from '../path/value.ts';
import { Work } from '../path/work.ts';
import { goQuote } from '../quote.ts';
import { type Component, components } from './components.ts';

/** More elements than this are not made to reach an index. */
const widest = 100_000;

/** Sets JSON text, unchecked, at the path. */
export function setRaw(json: string, path: string, raw: string): string {
  if (path === '') throw wrong(path, 'path cannot be empty');
  const parts = components(path);
  if (parts && parts.length > deepest)
    throw wrong(`${path.slice(0, 79)}…`, `it has ${parts.length} keys, and JSON has ${deepest} levels at most`);
  const work = new Work(path);
  return work.search(() => (parts ? new Writer(path, parts, raw, work).setIn(json, 0) : setMatches(json, path, raw, work)));
}

/** Sets a text, as a JSON string, at the path. */
export function setString(json: string, path: string, text: string): string {
  return setRaw(json, path, quoted(text));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters for which sjson asks encoding/json
const careful = /["\\\0-\x1f\x80-\uffff]/;

/** As sjson does it: `<`, `>` and `&` are escaped only in a text that has to be escaped anyway. */
const quoted = (text: string): string => (careful.test(text) ? goQuote(text) : `"${text}"`);

/** One change at a path of keys and indices. `at` is the part of the path that a text is asked for. */
class Writer {
  readonly #path: string;
  readonly #parts: readonly Component[];
  readonly #raw: string;
  readonly #work: Work;

  constructor(path: string, parts: readonly Component[], raw: string, work: Work) {
    this.#path = path;
    this.#parts = parts;
    this.#raw = raw;
    this.#work = work;
  }

  setIn(json: string, at: number): string {
    const [place] = placesIn(json, new Path(this.#parts[at]!.lookup, this.#work));
    if (!place || place.start === 0) return this.#add(json, at);
    const inner = at + 1 < this.#parts.length ? this.setIn(json.slice(place.start, place.end), at + 1) : this.#raw;
    return json.slice(0, place.start) + inner + json.slice(place.end);
  }

  /** Adds what is not there yet, to the object or list that the text is; to a new one when it is neither. */
  #add(json: string, at: number): string {
    const { key, index } = this.#parts[at]!;
    const existing = parseValue(json);
    const container = existing?.type === 'JSON' ? existing.raw : typeof index === 'number' ? '[]' : '{}';
    const comma = /^.[\0- ]*(?:[\]}]|$)/s.test(container) ? '' : ',';
    if (container.startsWith('{')) {
      const end = Math.max(container.lastIndexOf('}'), 0);
      return `${container.slice(0, end)}${comma}${this.#built(at, 'member')}}`;
    }
    const element = this.#built(at, 'element');
    if (index === 'end') return `${opened(container)}${comma}${element}]`;
    if (index === undefined) throw wrong(this.#path, `cannot set array element for non-numeric key '${key}'`);
    const elements = elementsOf(container);
    const before = elements.map((one) => `${one},`).join('');
    return `[${before}${this.#nulls(index - elements.length)}${element}]`;
  }

  /** The value with the parents that it needs below this part. */
  #built(at: number, as: 'member' | 'element'): string {
    const next = this.#parts[at + 1];
    let value = this.#raw;
    if (next?.index !== undefined) {
      value = `[${next.index === 'end' ? '' : this.#nulls(next.index)}${this.#built(at + 1, 'element')}]`;
    } else if (next) {
      value = `{${this.#built(at + 1, 'member')}}`;
    }
    return as === 'member' ? `${quoted(this.#parts[at]!.key)}:${value}` : value;
  }

  /** What stands in a list before an element beyond its end. */
  #nulls(count: number): string {
    if (count <= 0) return '';
    if (count > widest) throw wrong(this.#path, `an index ${count} beyond the end of the list is too far`);
    const nulls = 'null,'.repeat(count);
    this.#work.spend(nulls.length);
    return nulls;
  }
}

/** Where a path finds what it finds. A bracket inside a string opens nothing here, though gjson would look behind it. */
const placesIn = (json: string, path: Path): readonly Place[] => (/^[\0- ]*"/.test(json) ? [] : (path.find(json)?.places ?? []));

/** A list without its closing bracket. */
function opened(list: string): string {
  const text = trimmedEnd(list);
  return text.endsWith(']') ? text.slice(0, -1) : text;
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
function setMatches(json: string, path: string, raw: string, work: Work): string {
  const places = placesIn(json, new Path(path, work));
  work.spend(places.length * raw.length);
  let text = '';
  let done = 0;
  for (const { start, end } of [...places].sort((a, b) => a.start - b.start)) {
    text += json.slice(done, start) + raw;
    done = end;
  }
  return text + json.slice(done);
}

const wrong = (path: string, problem: string): EngineError => new EngineError('CONFIG_PATH', { path, problem });
