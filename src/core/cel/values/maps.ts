import { type CelObject, type CelValue, Int, MapValue, plain, Uint } from './value.ts';

/** The value under a key; undefined where there is none. */
export function valueAt(map: CelObject | MapValue, key: CelValue): CelValue | undefined {
  if (map instanceof MapValue) {
    const known = keyOf(key);
    return known === undefined ? undefined : map.entries.get(known)?.value;
  }
  if (typeof key !== 'string' || !Object.hasOwn(map, key)) return undefined;
  return plain(map[key]!);
}

export const sizeOf = (map: CelObject | MapValue): number => (map instanceof MapValue ? map.entries.size : Object.keys(map).length);

export const keysOf = (map: CelObject | MapValue): readonly CelValue[] =>
  map instanceof MapValue ? Array.from(map.entries.values(), ({ key }) => key) : Object.keys(map);

/** What tells a key from others; undefined for a value that no map has as a key. */
export function keyOf(key: CelValue): string | boolean | bigint | undefined {
  if (typeof key === 'string' || typeof key === 'boolean') return key;
  if (key instanceof Int || key instanceof Uint) return key.value;
  if (typeof key === 'bigint') return key;
  return typeof key === 'number' && Number.isInteger(key) ? BigInt(key) : undefined;
}
