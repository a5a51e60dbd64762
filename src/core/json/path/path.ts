import { isLiteral, literal } from './literal.ts';
import { inArray, inObject, type Search } from './lookup.ts';
import { modifierCall } from './modifiers.ts';
import { multipath, parseMultipath } from './multipath.ts';
import { type ArrayStep, arrayStep, type ObjectStep, objectStep } from './steps.ts';
import { parseValue, Value } from './value.ts';
import { Work } from './work.ts';

type Reader = (json: string) => Value | undefined;

/** What it costs to look at all, in characters. */
const perLook = 16;

/**
 * A path, or what remains of one behind a step. What it means depends on where it is used (`#(a.b)` is a query for an array and two
 * keys for an object), so each meaning is worked out when first needed, and kept.
 */
export class Path {
  readonly text: string;
  #read: Reader | undefined;
  #inObject: ObjectStep | undefined;
  #inArray: ArrayStep | undefined;
  readonly #work: Work;

  constructor(text: string, work = new Work(text)) {
    this.text = text;
    this.#work = work;
  }

  /** Begins a search: what the path finds in a text, with its places in that text. Throws EngineError EVENT_LIMIT. */
  search(json: string): Value | undefined {
    return this.#work.search(() => this.find(json));
  }

  /** The same, as a part of a search. */
  find(json: string): Value | undefined {
    this.spend(json.length + this.text.length + perLook);
    this.#read ??= readerOf(this);
    return this.#read(json);
  }

  /** A path inside this one. */
  readonly part = (text: string): Path => new Path(text, this.#work);

  /** Takes from what this search may do. Throws EngineError EVENT_LIMIT. */
  spend(characters: number): void {
    this.#work.spend(characters);
  }

  get inObject(): ObjectStep {
    this.#inObject ??= objectStep(this.text, this.part);
    return this.#inObject;
  }

  get inArray(): ArrayStep {
    this.#inArray ??= arrayStep(this.text, this.part);
    return this.#inArray;
  }

  /** True when a dot before this path means the same as a `|`. */
  get startsPipe(): boolean {
    return /^[[{]/.test(this.text) || modifierCall(this.text) !== undefined;
  }
}

function readerOf(path: Path): Reader {
  const { text, part } = path;
  if (text.startsWith('..')) return lines(part(text.slice(2)));
  if (text.length < 2) return dive(path);
  const call = modifierCall(text);
  if (call) {
    const modify = (json: string): string => {
      path.spend(call.argument.length);
      return call.modify(json, call.argument, path);
    };
    return continued(modify, call.rest, path);
  }
  if (isLiteral(text)) {
    const { value, rest } = literal(text);
    return continued(() => value, rest, path);
  }
  if (!/^[[{]/.test(text)) return dive(path);
  const multi = parseMultipath(text);
  // As in gjson, one that is not closed is the path of an empty key, and what follows one without a separator is a path by itself.
  if (!multi) return dive(part(''));
  if (multi.rest !== '' && !/^[.|]/.test(multi.rest)) return dive(part(multi.rest));
  return continued(multipath(multi, part), multi.rest, path);
}

/** Applies the rest of a path to a text that was made. Without a rest that text is the value. */
function continued(make: (json: string) => string, rest: string, path: Path): Reader {
  const after = /^[.|]/.test(rest) ? path.part(rest.slice(1)) : undefined;
  return (json) => {
    const made = make(json);
    path.spend(made.length);
    return after ? withoutPlaces(after.find(made)) : parseValue(made);
  };
}

/** Looks into the first object or array of the text. */
function dive(path: Path): Reader {
  return (json) => {
    const start = json.search(/[{[]/);
    if (start < 0) return undefined;
    return lookup(json, start + 1, path, json[start] === '{' ? inObject : inArray);
  };
}

/** Takes the values of the text, one behind the other, as an array. */
const lines =
  (path: Path): Reader =>
  (json) =>
    lookup(json, 0, path, inArray);

function lookup(json: string, at: number, path: Path, step: typeof inObject): Value | undefined {
  const search: Search = { json, at, value: undefined, pipe: undefined };
  step(search, at, path);
  return search.pipe ? withoutPlaces(search.pipe.find(search.value?.raw ?? '')) : search.value;
}

const withoutPlaces = (value: Value | undefined): Value | undefined => value && new Value(value.type, value.raw);
