import { isObject, type Json } from '../../../core/json/json.ts';

/** What stands in the place of a variable; undefined for one that nobody gives, which stays as it is written. */
export interface Values {
  param(name: string): string | undefined;
  readonly uid: string;
  /** `$(…)` is a variable for whoever runs the resource. */
  readonly hasVariables: boolean;
}

/** A part of a template: the same for everybody, or made anew for each event. */
type Part<T extends Json = Json> = { readonly fixed: T } | { readonly fill: (values: Values) => T };

const variable = /\$\((?:tt\.params\.([^()]+)|uid)\)/g;

/** Made ready once: what has no variable in it is shared by all that is filled, and must not be changed. */
export function compileTree(value: Json): (values: Values) => Json {
  const part = partOf(value);
  return 'fixed' in part ? () => part.fixed : part.fill;
}

function partOf(value: Json): Part {
  if (typeof value === 'string') return textPart(value);
  if (Array.isArray(value)) return listPart(value);
  return isObject(value) ? objectPart(Object.entries(value)) : { fixed: value };
}

/** From left to right, once: what a value brings in is not looked at again, nor does a `$` before it make a variable of its bracket. */
function textPart(text: string): Part<string> {
  const places = [...text.matchAll(variable)];
  if (places.length === 0) return { fixed: text };
  const ends = places.map(({ index, 0: written }) => index + written.length);
  return {
    fill: ({ param, uid, hasVariables }) => {
      const join = (before: string, next: string) =>
        `${before}${hasVariables && before.endsWith('$') && next.startsWith('(') ? '$' : ''}${next}`;
      const filled = places.reduce((before, { index, 0: written, 1: name }, place) => {
        const between = join(before, text.slice(ends[place - 1] ?? 0, index));
        return join(between, name === undefined ? uid : (param(name) ?? written));
      }, '');
      return join(filled, text.slice(ends.at(-1)));
    },
  };
}

function listPart(list: readonly Json[]): Part {
  const parts = list.map(partOf);
  if (parts.every((part) => 'fixed' in part)) return { fixed: parts.map((part) => part.fixed) };
  return { fill: (values) => parts.map((part) => filled(part, values)) };
}

function objectPart(entries: readonly [string, Json][]): Part {
  const parts = entries.map(([key, value]) => [textPart(key), partOf(value)] as const);
  const fill = (values: Values) => Object.fromEntries(parts.map(([key, part]) => [filled(key, values), filled(part, values)]));
  return parts.every(([key, part]) => 'fixed' in key && 'fixed' in part) ? { fixed: Object.fromEntries(entries) } : { fill };
}

const filled = <T extends Json>(part: Part<T>, values: Values): T => ('fixed' in part ? part.fixed : part.fill(values));

/** The params that a template asks for, in its texts and keys. */
export function paramsAskedFor(value: Json): ReadonlySet<string> {
  if (typeof value === 'string') return new Set([...value.matchAll(variable)].flatMap(([, name]) => name ?? []));
  if (typeof value !== 'object' || value === null) return new Set();
  const below = Object.entries(value).flatMap(([key, inner]) => [
    ...(Array.isArray(value) ? [] : paramsAskedFor(key)),
    ...paramsAskedFor(inner),
  ]);
  return new Set(below);
}
