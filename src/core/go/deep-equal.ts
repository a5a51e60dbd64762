import type { Spend } from './function.ts';
import { type GoValue, Int, isFloat, isList, isMap, isStringMap, member, Struct, TypedList, typeName } from './values.ts';

/** reflect.DeepEqual: types count, so that the int 1 is not the float64 1, and `[]string` is no `[]interface {}`. */
export function deepEqual(a: GoValue, b: GoValue, spend: Spend): boolean {
  spend.steps(1);
  if (isFloat(a) || isFloat(b)) return isFloat(a) && isFloat(b) && Number(a) === Number(b);
  if (a === null || a === undefined || b === null || b === undefined) return (a ?? null) === (b ?? null);
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (a instanceof Int || b instanceof Int) return a instanceof Int && b instanceof Int && a.type === b.type && a.value === b.value;
  if (a instanceof Struct || b instanceof Struct) return a instanceof Struct && b instanceof Struct && a.equals(b);
  if (isList(a)) {
    if (!isList(b) || a.length !== b.length || typeName(a) !== typeName(b) || isNil(a) !== isNil(b)) return false;
    return a.every((item, index) => deepEqual(item, b[index], spend));
  }
  if (!isMap(a) || !isMap(b) || isStringMap(a) !== isStringMap(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && deepEqual(a[key], member(b, key), spend));
}

const isNil = (list: GoValue): boolean => list instanceof TypedList && list.isNil;
