import type { JsonObject } from '../../json/json.ts';
import { sortedKeys } from '../../json/sorted-keys.ts';
import { floatText } from '../float.ts';
import { GoError, type Spend } from '../function.ts';
import { type GoList, type GoMap, type GoValue, Int, isList, Struct, TypedList, typeName } from '../values.ts';
import { type Flags, noFlags, pad } from './flags.ts';
import { floatByVerb, integerText } from './numbers.ts';
import { stringByVerb } from './strings.ts';

/** Lists and maps inside each other; only one that holds itself is deeper, and Go would not survive it. */
const deepest = 2000;

/** What fmt.Print writes for one value: `%v`. */
export function printed(value: GoValue, spend: Spend): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return floatText(value);
  if (value instanceof Int) return `${value.value}`;
  return byVerb(value, 'v', noFlags(), spend, 0);
}

/** One value by one verb, as fmt.Printf writes it. Spends a step for each value inside. */
export function byVerb(value: GoValue, verb: string, flags: Flags, spend: Spend, depth: number): string {
  if (value === null || value === undefined) return nil(verb, flags, depth);
  if (depth === 0 && verb === 'T') return stringByVerb(typeName(value), 's', flags)!;
  if (isList(value)) return listText(value, verb, flags, spend, depth);
  if (value instanceof Struct) return structText(value, verb, flags) ?? badVerb(value, verb, flags, spend, depth);
  if (typeof value === 'object' && !(value instanceof Int)) return mapText(value, verb, flags, spend, depth);
  return scalar(value, verb, flags) ?? badVerb(value, verb, flags, spend, depth);
}

function nil(verb: string, flags: Flags, depth: number): string {
  if (depth > 0) return flags.goSyntax ? 'interface {}(nil)' : '<nil>';
  return verb === 'v' || verb === 'T' ? pad('<nil>', flags) : `%!${verb}(<nil>)`;
}

function scalar(value: Int | boolean | number | bigint | string, verb: string, flags: Flags): string | undefined {
  if (typeof value === 'string') return stringByVerb(value, verb, flags);
  if (typeof value === 'boolean') return verb === 't' || verb === 'v' ? pad(`${value}`, flags) : undefined;
  return value instanceof Int ? integerText(value, verb, flags) : floatByVerb(Number(value), verb, flags);
}

function structText(value: Struct, verb: string, flags: Flags): string | undefined {
  if ('vsxXq'.includes(verb)) return stringByVerb(value.toString(), verb === 'v' ? 's' : verb, flags);
  return value.integer === undefined ? undefined : integerText(new Int(value.integer, 'int64'), verb, flags);
}

function badVerb(value: GoValue, verb: string, flags: Flags, spend: Spend, depth: number): string {
  return `%!${verb}(${typeName(value)}=${byVerb(value, 'v', flags, spend, depth)})`;
}

function listText(list: GoList, verb: string, flags: Flags, spend: Spend, depth: number): string {
  enter(depth, list.length, flags, spend);
  if (list instanceof TypedList && list.isNil && flags.goSyntax) return `${typeName(list)}(nil)`;
  const parts = list.map((item) => byVerb(item, verb, flags, spend, depth + 1));
  return flags.goSyntax ? `${typeName(list)}{${parts.join(', ')}}` : `[${parts.join(' ')}]`;
}

function mapText(map: GoMap, verb: string, flags: Flags, spend: Spend, depth: number): string {
  const keys = sortedKeys(map as JsonObject);
  enter(depth, keys.length, flags, spend);
  const parts = keys.map((key) => `${byVerb(key, verb, flags, spend, depth + 1)}:${byVerb(map[key], verb, flags, spend, depth + 1)}`);
  return flags.goSyntax ? `${typeName(map)}{${parts.join(', ')}}` : `map[${parts.join(' ')}]`;
}

function enter(depth: number, places: number, flags: Flags, spend: Spend): void {
  if (depth > deepest) throw new GoError('the value holds itself');
  spend.steps(places + 1);
  spend.bytes(places * (16 + (flags.width ?? 0) + (flags.precision ?? 0)));
}
