import { type Call, metamethod, toValue, type Value } from '../machine/call.ts';
import type { LuaString } from '../machine/lua-string.ts';
import { kindNames, kindOf, kinds, type TValue, tags } from '../machine/types.ts';
import { vm } from '../machine/vm.ts';
import { numberText } from '../values/numbers.ts';

/** A value as `tostring` writes it where there is no metamethod, in bytes. */
export function plainText(value: TValue): string {
  const kind = kindOf(value);
  if (kind === kinds.string) return (value.value as LuaString).binary;
  if (kind === kinds.number) return numberText(value.value as number);
  if (kind === kinds.nil || kind === kinds.boolean) return `${kind === kinds.nil ? 'nil' : value.value}`;
  return `${kindNames[kind]}: ${vm.meter.nameOf(value.value as object)}`;
}

/** tostring, with `__tostring`. */
export function tostring(call: Call): Value {
  const value = call.any(1);
  if (kindOf(value) === kinds.string) return value;
  const change = metamethod(call.L, value, '__tostring');
  return change.type === tags.nil ? toValue(plainText(value)) : call.invoke(change, [value]);
}
