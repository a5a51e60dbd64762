import type { Path } from './path.ts';
import { parseQuery, type QueryText } from './query.ts';
import { nestedEnd } from './scan.ts';

/** What a path asks of an object: the member with this key, then `rest` inside it. */
export interface ObjectStep {
  readonly key: string;
  /** The key holds a `*` or `?` that was not escaped. */
  readonly wild: boolean;
  readonly rest: Path | undefined;
  /** What follows a `|`: applied to the whole result once this step was reached, found or not. */
  readonly pipe: Path | undefined;
}

/** What a path asks of an array. */
export type ArrayStep = IndexStep | CountStep | CollectStep | QueryStep | { readonly kind: 'nothing'; readonly pipe: Path | undefined };

export interface IndexStep {
  readonly kind: 'index';
  readonly index: number;
  readonly rest: Path | undefined;
  readonly pipe: Path | undefined;
}

interface CountStep {
  readonly kind: 'count';
  readonly pipe: Path | undefined;
}

/** `#.x`: what each element has there. */
export interface CollectStep {
  readonly kind: 'collect';
  readonly each: Path;
  readonly pipe: Path | undefined;
}

/** `#(…)`: the first element that meets a query, or what it has at `each`; with `all`, every one. */
export interface QueryStep {
  readonly kind: 'query';
  readonly query: QueryText;
  readonly path: Path;
  readonly all: boolean;
  readonly each: Path | undefined;
  readonly pipe: Path | undefined;
  /** As `pipe`, but only where an element met the query. */
  readonly pipeOfMatch: Path | undefined;
}

/** Makes the paths inside a path. */
export type PathOf = (text: string) => Path;

export function objectStep(text: string, pathOf: PathOf): ObjectStep {
  let key = '';
  let wild = false;
  for (let at = 0; at < text.length; at++) {
    const one = text[at]!;
    if (one === '|' || one === '.') return { key, wild, ...following(text, at, pathOf) };
    if (one === '\\') {
      // As in gjson, the escape is dropped: beside a wildcard that is not escaped, an escaped one is a wildcard too.
      at += 1;
      key += text[at] ?? '';
      continue;
    }
    if (one === '*' || one === '?') wild = true;
    key += one;
  }
  return { key, wild, rest: undefined, pipe: undefined };
}

export function arrayStep(text: string, pathOf: PathOf): ArrayStep {
  if (text.startsWith('#.')) {
    const [each, pipe] = splitAtPipe(text.slice(2));
    return { kind: 'collect', each: pathOf(each), pipe: optional(pipe, pathOf) };
  }
  if (text.startsWith('#(') || text.startsWith('#[')) return queryStep(text, pathOf);
  const end = text.search(/[.|]/);
  const part = end < 0 ? text : text.slice(0, end);
  const { rest, pipe } = end < 0 ? { rest: undefined, pipe: undefined } : following(text, end, pathOf);
  if (part === '#') return { kind: 'count', pipe };
  if (/^\d+$/.test(part)) return { kind: 'index', index: Number(part), rest, pipe };
  // Behind a part with a `#` a dot is never a pipe.
  return { kind: 'nothing', pipe: part.includes('#') && text[end] === '.' ? undefined : pipe };
}

function queryStep(text: string, pathOf: PathOf): QueryStep {
  const query = parseQuery(text) ?? { path: '', op: '', value: '', number: 0, length: text.length };
  const tail = text.slice(query.length);
  const end = tail.search(/[.|]/);
  const [each, pipeOfMatch] = tail[end] === '.' ? splitAtPipe(tail.slice(end + 1)) : [];
  return {
    kind: 'query',
    query,
    path: pathOf(query.path),
    all: tail.startsWith('#'),
    each: optional(each, pathOf),
    pipe: tail[end] === '|' ? pathOf(tail.slice(end + 1)) : undefined,
    pipeOfMatch: optional(pipeOfMatch, pathOf),
  };
}

/** What follows the separator at `at`: a dot continues inside, but before a modifier or a multipath it is a pipe. */
function following(text: string, at: number, pathOf: PathOf): { rest: Path | undefined; pipe: Path | undefined } {
  const after = pathOf(text.slice(at + 1));
  return text[at] === '|' || after.startsPipe ? { rest: undefined, pipe: after } : { rest: after, pipe: undefined };
}

const optional = (text: string | undefined, pathOf: PathOf): Path | undefined => (text === undefined ? undefined : pathOf(text));

/** Splits a path at its first `|` that stands in no escape and no query. As in gjson, one right behind `.#` does not count. */
function splitAtPipe(text: string): [string, string | undefined] {
  if (text.startsWith('{')) return splitBehindMultipath(text);
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') {
      at += 1;
    } else if (text[at] === '|') {
      return [text.slice(0, at), text.slice(at + 1)];
    } else if (text.startsWith('.#', at)) {
      at += /^[([]/.test(text.slice(at + 2)) ? (parseQuery(text.slice(at + 1))?.length ?? text.length) : 2;
    }
  }
  return [text, undefined];
}

/** As in gjson, a pipe behind `{a,b}` is for the whole result, one behind `{"name":a}` for each element. */
function splitBehindMultipath(text: string): [string, string | undefined] {
  const end = text[1] === '"' ? -1 : nestedEnd(text, 1);
  return text[end] === '|' ? [text.slice(0, end), text.slice(end + 1)] : [text, undefined];
}
