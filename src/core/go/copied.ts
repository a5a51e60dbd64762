import type { Spend } from './function.ts';
import { emptyMap, emptyStringMap, type GoValue, isList, isMap, isStringMap, TypedList, typedList } from './values.ts';

/** A copy that shares nothing that can be changed with the value. */
export function copied(value: GoValue, spend: Spend): GoValue {
  if (isList(value)) {
    spend.steps(value.length + 1);
    spend.bytes(value.length * 16);
    const items = value.map((item) => copied(item, spend));
    return value instanceof TypedList ? typedList(value.element, items, value.isNil) : items;
  }
  if (!isMap(value)) return value;
  const copy = isStringMap(value) ? emptyStringMap() : emptyMap();
  for (const key of Object.keys(value)) {
    spend.steps(1);
    spend.bytes(32);
    copy[key] = copied(value[key], spend);
  }
  return copy;
}
