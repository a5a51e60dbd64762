import { byteLength, bytesOf } from '../../go/bytes.ts';
import { fn, GoError, type GoFunction, type Spend, variadic } from '../../go/function.ts';
import { type GoMap, type GoValue, Int, int, isList, isMap, isStringMap, member, typeName } from '../../go/values.ts';

function length(value: GoValue, spend: Spend): Int {
  if (typeof value === 'string') {
    spend.steps(value.length >> 6);
    return int(byteLength(value));
  }
  if (isList(value)) return int(value.length);
  if (isMap(value)) return int(Object.keys(value).length);
  throw new GoError(value === null ? 'len of nil pointer' : `len of type ${typeName(value)}`);
}

/** `index x 1 "a"` is x[1]["a"]. A key that is not there gives nothing, a place beyond the end is an error. */
function element(of: GoValue, index: GoValue, spend: Spend): GoValue {
  if (isMap(of)) return keyed(of, index);
  if (isList(of)) return of[placeIn(index, of.length)];
  if (typeof of !== 'string') throw new GoError(of === null ? 'index of nil pointer' : `can't index item of type ${typeName(of)}`);
  spend.steps(of.length >> 6);
  const bytes = bytesOf(of);
  return new Int(BigInt(bytes[placeIn(index, bytes.length)]!), 'uint8');
}

function keyed(map: GoMap, key: GoValue): GoValue {
  if (key === null) throw new GoError('value is nil; should be of type string');
  if (typeof key !== 'string') throw new GoError(`value has type ${typeName(key)}; should be string`);
  return member(map, key) ?? (isStringMap(map) ? '' : null);
}

function placeIn(index: GoValue, length: number): number {
  if (index === null) throw new GoError('cannot index slice/array with nil');
  if (!(index instanceof Int)) throw new GoError(`cannot index slice/array with type ${typeName(index)}`);
  if (index.value < 0n || index.value >= BigInt(length)) throw new GoError(`index out of range: ${index.value}`);
  return Number(index.value);
}

export const elements: Readonly<Record<string, GoFunction>> = {
  len: fn(['any'], ([value], spend) => length(value, spend)),
  index: variadic(['any'], 'any', ([value, ...indexes], spend) => {
    if (value === null) throw new GoError('index of untyped nil');
    let found: GoValue = value;
    for (const index of indexes) found = element(found, index, spend);
    return found;
  }),
};
