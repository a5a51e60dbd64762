import { parseFloat64 } from '../../go/parse-number.ts';
import type { Call, Value } from '../machine/call.ts';
import type { LuaString } from '../machine/lua-string.ts';
import { kindOf, kinds } from '../machine/types.ts';
import { vm } from '../machine/vm.ts';

/** tonumber as gopher-lua has it: a text with a point is read as Go reads a float, and any other must be an integer of 64 bits. */
export function tonumber(call: Call): Value {
  const value = call.any(1);
  if (kindOf(value) === kinds.number) return value;
  if (kindOf(value) !== kinds.string) return null;
  const text = (value.value as LuaString).binary.replace(/^[ \n\t]+/, '').replace(/[ \n\t]+$/, '');
  vm.meter.steps(text.length >> 4);
  if (text.includes('.')) {
    const float = parseFloat64(text);
    return typeof float === 'number' ? float : null;
  }
  if (!call.isGiven(2) && /^0x/i.test(text)) return integerIn(text.slice(2), 16);
  return integerIn(text, call.integer(2, 10));
}

function integerIn(text: string, base: number): number | null {
  const found = /^([+-]?)([0-9A-Za-z]{1,80})$/.exec(text);
  if (!found || base < 2 || base > 36) return null;
  const [, sign, digits] = found;
  let size = 0n;
  for (const digit of digits!) {
    const worth = Number.parseInt(digit, 36);
    if (worth >= base) return null;
    size = size * BigInt(base) + BigInt(worth);
  }
  const value = sign === '-' ? -size : size;
  return value === BigInt.asIntN(64, value) ? Number(value) : null;
}
