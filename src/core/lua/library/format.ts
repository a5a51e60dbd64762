import { printf } from '../../go/format/index.ts';
import type { Spend } from '../../go/function.ts';
import { type GoValue, int64 } from '../../go/values.ts';
import type { Call, Value } from '../machine/call.ts';
import type { LuaString } from '../machine/lua-string.ts';
import { kindOf, kinds, type TValue } from '../machine/types.ts';
import { vm } from '../machine/vm.ts';
import { binaryOf, textOf } from '../values/binary.ts';
import { numberText, parseNumber, toInt64 } from '../values/numbers.ts';
import { plainText } from './text.ts';

const spend: Spend = { steps: (count) => vm.meter.steps(count), bytes: (count) => vm.meter.bytes(count) };

const verbs = /%[-+# 0]*[0-9]*(?:\.[0-9]*)?(.)/gsu;

/** string.format, which in gopher-lua is Go's fmt.Sprintf: what does not fit shows in the text, as `%!d(MISSING)`. */
export function format(call: Call): Value {
  const form = textOf(call.string(1)).replace(/%([-+# 0]*[0-9]*(?:\.[0-9]*)?)i/g, '%$1d');
  const wanted = [...form.matchAll(verbs)].map(([, verb]) => verb!).filter((verb) => verb !== '%');
  const given = call.values(2).slice(0, wanted.length);
  return binaryOf(
    printf(
      form,
      given.map((value, index) => forVerb(value, wanted[index]!)),
      spend,
    ),
  );
}

function forVerb(value: TValue, verb: string): GoValue {
  if (kindOf(value) === kinds.number) return numberFor(value.value as number, verb);
  if (kindOf(value) === kinds.string) return stringFor((value.value as LuaString).binary, verb);
  if (kindOf(value) === kinds.boolean && verb === 't') return value.value as boolean;
  return textOf(plainText(value));
}

function numberFor(value: number, verb: string): GoValue {
  if (verb === 'q' || verb === 's') return numberText(value);
  if (/[eEfFgG]/.test(verb)) return value;
  return /[bcdoxXU]/.test(verb) || Number.isInteger(value) ? int64(toInt64(value)) : value;
}

/** `%d` of a string that is a number is the string. */
function stringFor(binary: string, verb: string): GoValue {
  if (verb !== 'd') return textOf(binary);
  const number = parseNumber(binary);
  return number === undefined ? int64(0) : int64(toInt64(number));
}
