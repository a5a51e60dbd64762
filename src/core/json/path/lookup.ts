import type { Path } from './path.ts';
import { meets } from './query.ts';
import { nestedEnd, nextElement, nextStart, valueEnd } from './scan.ts';
import type { CollectStep, IndexStep, QueryStep } from './steps.ts';
import { unescaped } from './unescaped.ts';
import { type Place, Value, valueBetween } from './value.ts';
import { isLike } from './wildcard.ts';

/** One walk through a text. */
export interface Search {
  readonly json: string;
  /** Behind what has been looked at. */
  at: number;
  value: Value | undefined;
  pipe: Path | undefined;
}

const openBrace = 0x7b;
const openBracket = 0x5b;

/** Looks for a path in the object whose members start at `at`. True when `search.value` is what it found; else `search.at` is behind the object. */
export function inObject(search: Search, at: number, path: Path): boolean {
  const { json } = search;
  const step = path.inObject;
  if (step.pipe) search.pipe = step.pipe;
  for (let next = at; ; ) {
    next = keyOrEnd(json, next);
    if (json.charCodeAt(next) !== 0x22) return leave(search, next + 1);
    const keyStart = next + 1;
    let keyEnd = keyStart;
    let escaped = false;
    for (let code = json.charCodeAt(keyEnd); code !== 0x22; code = json.charCodeAt(keyEnd)) {
      if (code === 0x5c) {
        escaped = true;
        keyEnd += 1;
      }
      keyEnd += 1;
      if (keyEnd >= json.length) return leave(search, json.length);
    }
    const isIt = escaped || step.wild ? isMatch(json.slice(keyStart, keyEnd), escaped, path) : isAt(json, keyStart, keyEnd, step.key);
    const start = nextStart(json, keyEnd + 1);
    if (isIt && step.rest && isNested(json, start)) {
      if (inside(search, start, step.rest)) return true;
      next = search.at;
      continue;
    }
    const end = start < json.length ? valueEnd(json, start) : -1;
    if (end < 0) return leave(search, json.length);
    if (isIt && !step.rest) return found(search, valueBetween(json, start, end));
    next = end;
  }
}

function keyOrEnd(json: string, at: number): number {
  for (let index = at; index < json.length; index++) {
    const code = json.charCodeAt(index);
    if (code === 0x22 || code === 0x7d) return index;
  }
  return json.length;
}

const isAt = (json: string, start: number, end: number, key: string): boolean => end - start === key.length && json.startsWith(key, start);

function isMatch(raw: string, escaped: boolean, path: Path): boolean {
  const key = escaped ? unescaped(raw) : raw;
  const step = path.inObject;
  return step.wild ? isLike(key, step.key, path) : key === step.key;
}

function isNested(json: string, at: number): boolean {
  const code = json.charCodeAt(at);
  return code === openBrace || code === openBracket;
}

const inside = (search: Search, at: number, path: Path): boolean =>
  search.json.charCodeAt(at) === openBrace ? inObject(search, at + 1, path) : inArray(search, at + 1, path);

/** As `inObject`, for the array whose elements start at `at`. The end of the text ends it too, so that it also reads JSON lines. */
export function inArray(search: Search, at: number, path: Path): boolean {
  const step = path.inArray;
  if (step.kind !== 'collect' && step.pipe) search.pipe = step.pipe;
  switch (step.kind) {
    case 'index':
      return element(search, at, step);
    case 'count':
      return count(search, at);
    case 'collect':
      return collect(search, at, step);
    case 'query':
      return query(search, at, step);
    case 'nothing':
      return leave(search, nestedEnd(search.json, at - 1));
  }
}

function element(search: Search, at: number, { index, rest }: IndexStep): boolean {
  const { json } = search;
  let next = at;
  for (let place = 0; ; place++) {
    const start = nextElement(json, next);
    if (start < 0) return leave(search, behindArray(json, next));
    if (place === index && rest && isNested(json, start)) {
      if (inside(search, start, rest)) return true;
      next = search.at;
      continue;
    }
    const end = valueEnd(json, start);
    if (end < 0) return leave(search, json.length);
    if (place === index && !rest) return found(search, valueBetween(json, start, end));
    next = end;
  }
}

function count(search: Search, at: number): boolean {
  let elements = 0;
  const isWhole = eachElement(search, at, () => {
    elements += 1;
    return false;
  });
  return isWhole && found(search, new Value('Number', `${elements}`));
}

function collect(search: Search, at: number, { each, pipe }: CollectStep): boolean {
  const collected = new Collection();
  const isWhole = eachElement(search, at, (value, start) => {
    const one = each.find(value.raw);
    if (one) collected.add(one.movedBy(start));
    return false;
  });
  if (!isWhole) return false;
  if (pipe) search.pipe = pipe;
  return found(search, collected.value);
}

function query(search: Search, at: number, { query, path, all, each, pipeOfMatch }: QueryStep): boolean {
  const collected = new Collection();
  let isMet = false;
  const isWhole = eachElement(search, at, (value, start) => {
    if (!meets(value, path, query)) return false;
    isMet = true;
    if (pipeOfMatch) search.pipe = pipeOfMatch;
    const one = each ? each.find(value.raw)?.movedBy(start) : value;
    if (all && one) collected.add(one);
    else if (!all) search.value = one;
    return !all;
  });
  if (!all) return isMet;
  return isWhole && found(search, collected.value);
}

/** Visits the elements from `at` on until one says stop. True at the end of the array; false when stopped, or when the text ends in a string. */
function eachElement(search: Search, at: number, visit: (value: Value, start: number) => boolean): boolean {
  const { json } = search;
  for (let next = at; ; ) {
    const start = nextElement(json, next);
    if (start < 0) {
      search.at = behindArray(json, next);
      return true;
    }
    const end = valueEnd(json, start);
    search.at = end < 0 ? json.length : end;
    if (end < 0 || visit(valueBetween(json, start, end), start) || end > json.length) return false;
    next = end;
  }
}

/** Behind the bracket that closes an array after its last element. */
function behindArray(json: string, at: number): number {
  const close = json.indexOf(']', at);
  return close < 0 ? json.length : close + 1;
}

/** What is collected from several places of a text. As soon as one of the parts has no place of its own, the whole has none. */
class Collection {
  readonly #raws: string[] = [];
  readonly #places: Place[] = [];
  #isPlaced = true;

  add(value: Value): void {
    this.#raws.push(value.raw);
    for (const place of value.places) this.#places.push(place);
    if (value.places.length === 0) this.#isPlaced = false;
  }

  get value(): Value {
    return new Value('JSON', `[${this.#raws.join(',')}]`, this.#isPlaced ? this.#places : []);
  }
}

function found(search: Search, value: Value): true {
  search.value = value;
  return true;
}

function leave(search: Search, at: number): false {
  search.at = at;
  return false;
}
