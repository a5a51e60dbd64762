import { jsonOf } from './json.ts';
import { isMap } from './values/compare.ts';
import { CelFault } from './values/fault.ts';
import { keysOf, valueAt } from './values/maps.ts';
import { type CelValue, plain, typeName } from './values/value.ts';

const most = 100;

/** A value for people, on one line, as JSON; of a long one the beginning. */
export function shownValue(value: CelValue): string {
  const text = written(value, most);
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** Ends when `room` characters are full, however large the value is. */
function written(value: CelValue, room: number): string {
  if (typeof value === 'string') return JSON.stringify(value.length > room ? value.slice(0, room) : value);
  if (Array.isArray(value)) return enclosed('[]', value.length, (at, left) => written(plain(value[at]!), left), room);
  if (isMap(value)) {
    const keys = keysOf(value);
    const entry = (at: number, left: number) => `${written(keys[at]!, left)}:${written(valueAt(value, keys[at]!)!, left)}`;
    return enclosed('{}', keys.length, entry, room);
  }
  const json = jsonOf(value);
  return json instanceof CelFault ? typeName(value) : JSON.stringify(json);
}

function enclosed([open, close]: string, count: number, part: (at: number, left: number) => string, room: number): string {
  let text = open!;
  for (let at = 0; at < count && text.length <= room; at++) text += `${at === 0 ? '' : ','}${part(at, Math.max(room - text.length, 0))}`;
  return text + close!;
}
