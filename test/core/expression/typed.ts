import { AnyMap } from '../../../src/core/expression/expr-lang/values/any-map.ts';
import { formatFloat } from '../../../src/core/go/float.ts';
import { Duration } from '../../../src/core/go/time/duration.ts';
import { Time } from '../../../src/core/go/time/time.ts';
import { type GoValue, Int, isList, isMap, Struct, TypedList } from '../../../src/core/go/values.ts';

/** A value as the corpora write it: numbers, times and typed lists with their Go types, so that 4 and 4.0 differ. */
export function typed(value: GoValue): unknown {
  if (typeof value === 'number' || typeof value === 'bigint') return { float: formatFloat(Number(value), 'g') };
  if (value instanceof Int) return { [value.type]: `${value.value}` };
  if (value instanceof Time) return { time: value.format('2006-01-02T15:04:05.999999999Z07:00') };
  if (value instanceof Duration) return { duration: `${value}` };
  if (value instanceof AnyMap)
    return { [value.type]: Object.fromEntries([...value.entries()].map(([key, one]) => [keyOf(key), typed(one)])) };
  if (value instanceof Struct) return { type: value.type };
  if (isList(value)) {
    const items = Array.from(value, typed);
    return value instanceof TypedList && value.element !== 'interface {}' ? { [`[]${value.element}`]: items } : items;
  }
  if (isMap(value)) return { 'map[string]interface {}': Object.fromEntries(Object.entries(value).map(([key, one]) => [key, typed(one)])) };
  return value ?? null;
}

function keyOf(key: GoValue): string {
  if (typeof key === 'string') return key;
  if (key === null) return '<nil>:<nil>';
  if (key instanceof Int) return `${key.type}:${key.value}`;
  return typeof key === 'number' ? `float64:${formatFloat(key, 'g')}` : `bool:${key}`;
}
