import { printf } from '../../go/format/index.ts';
import type { Spend } from '../../go/function.ts';
import { type GoValue, int64 } from '../../go/values.ts';
import type { Call, Value } from '../machine/call.ts';
import type { LuaString } from '../machine/lua-string.ts';
import { kindOf, kinds, type TValue } from '../machine/types.ts';
import { vm } from '../machine/vm.ts';
import { binaryOf, textOf } from '../values/binary.ts';
import { isInt64, numberText, parseNumber, toInt64 } from '../values/numbers.ts';
import { plainText } from './text.ts';

const spend: Spend = { steps: (count) => vm.meter.steps(count), bytes: (count) => vm.meter.bytes(count) };

const verbs = /%([-+# 0]*[0-9]*(?:\.[0-9]*)?)(.)/gsu;

/** string.format, which in gopher-lua is Go's fmt.Sprintf: what does not fit shows in the text, as `%!d(MISSING)`. */
export function format(call: Call): Value {
  const given = call.values(2);
  const values: GoValue[] = [];
  const form = textOf(call.string(1)).replace(verbs, (place, flags: string, verb: string) => {
    const value = verb === '%' ? undefined : given[values.length];
    if (!value) return place;
    const { as, shown } = byVerb(value, verb);
    values.push(shown);
    return `%${flags}${as}`;
  });
  return binaryOf(printf(form, values, spend));
}

/** What Go is asked to print for a value, and by which verb. */
interface Shown {
  readonly as: string;
  readonly shown: GoValue;
}

function byVerb(value: TValue, verb: string): Shown {
  const as = verb === 'i' ? 'd' : verb;
  if (kindOf(value) === kinds.number) return { as, shown: numberFor(value.value as number, as) };
  if (kindOf(value) === kinds.string) return stringFor((value.value as LuaString).binary, as);
  if (kindOf(value) === kinds.boolean && as === 't') return { as, shown: value.value as boolean };
  return { as, shown: textOf(plainText(value)) };
}

function numberFor(value: number, verb: string): GoValue {
  if (verb === 'q' || verb === 's') return numberText(value);
  if (/[eEfFgG]/.test(verb)) return value;
  return /[bcdoxXU]/.test(verb) || isInt64(value) ? int64(toInt64(value)) : value;
}

/** `%d` of a string that is a number is the string, of any other 0. */
function stringFor(binary: string, as: string): Shown {
  if (as !== 'd') return { as, shown: textOf(binary) };
  return parseNumber(binary) === undefined ? { as, shown: int64(0) } : { as: 's', shown: textOf(binary) };
}
