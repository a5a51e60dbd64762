import { isMap } from '../values/compare.ts';
import { CelFault } from '../values/fault.ts';
import { valueAt } from '../values/maps.ts';
import { type CelValue, Int, kindOf, MapValue, plain, Typed, Uint } from '../values/value.ts';
import type { Code } from './frame.ts';

/** `object.field`. */
export function select(object: Code, field: string, place: number): Code {
  const isInherited = field in {};
  return (frame) => {
    const from = object(frame);
    if (typeof from === 'object' && from !== null) {
      if (from instanceof CelFault) return from;
      if (!(from instanceof Typed) && !Array.isArray(from)) {
        const value = isInherited && !Object.hasOwn(from, field) ? undefined : (from as Readonly<Record<string, CelValue>>)[field];
        if (value !== undefined) return plain(value);
      } else if (from instanceof MapValue) {
        const value = valueAt(from, field);
        if (value !== undefined) return value;
      }
    }
    return noKey(field, place);
  };
}

const noKey = (key: string, place: number): CelFault => new CelFault(`no such key: ${key}`, place);

/** `has(object.field)`: what has no fields has not this one, but for a list the question is a mistake. */
export const has =
  (object: Code, field: string, place: number): Code =>
  (frame) => {
    const from = object(frame);
    if (from instanceof CelFault) return from;
    if (Array.isArray(from)) return new CelFault(`a list has no field ${field}`, place);
    return isMap(from) && valueAt(from, field) !== undefined;
  };

/** `value[key]`. */
export const index =
  (value: Code, key: Code, place: number): Code =>
  (frame) => {
    const from = value(frame);
    if (from instanceof CelFault) return from;
    const wanted = key(frame);
    if (wanted instanceof CelFault) return wanted;
    if (Array.isArray(from)) return elementAt(from, wanted, place);
    const found = isMap(from) ? valueAt(from, wanted) : undefined;
    return found === undefined ? noKey(keyText(wanted), place) : found;
  };

function elementAt(list: readonly CelValue[], key: CelValue, place: number): CelValue | CelFault {
  const at = key instanceof Int || key instanceof Uint ? Number(key.value) : key;
  if (typeof at !== 'number' || !Number.isInteger(at)) return new CelFault(`a list has no element at a ${kindOf(key)}`, place);
  const found = list[at];
  return found === undefined ? new CelFault(`index out of bounds: ${at}`, place) : plain(found);
}

const keyText = (key: CelValue): string => (key instanceof Int || key instanceof Uint ? `${key.value}` : String(key));
