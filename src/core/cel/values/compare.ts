import { byBytes } from '../../json/by-bytes.ts';
import { keysOf, sizeOf, valueAt } from './maps.ts';
import { Bytes, type CelObject, type CelValue, Duration, Int, kindOf, MapValue, Timestamp, Typed, TypeValue, Uint } from './value.ts';

/** Told of the elements that are looked at. */
type Steps = { steps(count: number): void };

/** Values of different types are not equal; numbers are compared as what they stand for. */
export function equal(a: CelValue, b: CelValue, run: Steps): boolean {
  if (typeof a === 'string' || typeof a === 'boolean' || a === null) return a === b;
  const number = numberOf(a);
  if (number !== undefined) {
    const other = numberOf(b);
    return other !== undefined && orderOfNumbers(number, other) === 0;
  }
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    run.steps(a.length);
    return a.every((item, index) => equal(item, b[index], run));
  }
  if (isMap(a)) return isMap(b) && equalMaps(a, b, run);
  if (a instanceof TypeValue) return b instanceof TypeValue && a.name === b.name;
  return kindOf(a) === kindOf(b) && order(a, b) === 0;
}

function equalMaps(a: CelObject | MapValue, b: CelObject | MapValue, run: Steps): boolean {
  const size = sizeOf(a);
  if (size !== sizeOf(b)) return false;
  run.steps(size);
  return keysOf(a).every((key) => {
    const other = valueAt(b, key);
    return other !== undefined && equal(valueAt(a, key)!, other, run);
  });
}

/** Below 0 when `a` comes first, above 0 when `b` does; undefined for values that have no order, and for what is no number. */
export function order(a: CelValue, b: CelValue): number | undefined {
  if (typeof a === 'string') return typeof b === 'string' ? byBytes(a, b) : undefined;
  if (typeof a === 'boolean') return typeof b === 'boolean' ? Number(a) - Number(b) : undefined;
  const number = numberOf(a);
  if (number !== undefined) {
    const other = numberOf(b);
    return other === undefined ? undefined : orderOfNumbers(number, other);
  }
  if (a instanceof Bytes) return b instanceof Bytes ? Buffer.compare(a.bytes, b.bytes) : undefined;
  if (a instanceof Timestamp) return b instanceof Timestamp ? orderOfNumbers(a.nanos, b.nanos) : undefined;
  if (a instanceof Duration) return b instanceof Duration ? orderOfNumbers(a.nanos, b.nanos) : undefined;
  return undefined;
}

/** Integers are compared exactly with each other, and as doubles with a double, as in cel-go. */
function orderOfNumbers(a: number | bigint, b: number | bigint): number | undefined {
  if (typeof a !== typeof b) return orderOfNumbers(Number(a), Number(b));
  if (a < b) return -1;
  if (a > b) return 1;
  return Number.isNaN(a) || Number.isNaN(b) ? undefined : 0;
}

/** Undefined for what is no number. */
function numberOf(value: CelValue): number | bigint | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return value instanceof Int || value instanceof Uint ? value.value : undefined;
}

export const isMap = (value: CelValue): value is CelObject | MapValue =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && (value instanceof MapValue || !(value instanceof Typed));
