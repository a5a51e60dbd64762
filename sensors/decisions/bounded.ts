import { isObject, type Json } from '../../src/core/json/json.ts';
import { stringifyJson } from '../../src/core/json/stringify.ts';

/** Texts longer than this, and lists longer than that, are cut: gently at first. */
const cuts = [
  { characters: 2_000, items: 100 },
  { characters: 200, items: 20 },
  { characters: 50, items: 5 },
] as const;

interface Bounded {
  /** Undefined when no cutting makes it small enough. */
  readonly value: Json | undefined;
  readonly cut: boolean;
}

/** The value in no more than so many characters of JSON; long texts and lists say how much was cut off them. */
export function bounded(value: Json, most: number): Bounded {
  if (stringifyJson(value).length <= most) return { value, cut: false };
  for (const limits of cuts) {
    const shorter = shortened(value, limits);
    if (stringifyJson(shorter).length <= most) return { value: shorter, cut: true };
  }
  return { value: undefined, cut: true };
}

function shortened(value: Json, limits: (typeof cuts)[number]): Json {
  const { characters, items } = limits;
  if (typeof value === 'string')
    return value.length <= characters ? value : `${value.slice(0, characters)}… (${value.length} characters in all)`;
  if (Array.isArray(value)) {
    const first = value.slice(0, items).map((inner) => shortened(inner, limits));
    return value.length <= items ? first : [...first, `… (${value.length} items in all)`];
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shortened(inner, limits)]));
}
