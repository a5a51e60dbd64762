import type { Call, Native } from '../machine/call.ts';
import { LuaError } from '../machine/raise.ts';
import { vm } from '../machine/vm.ts';

const ofOne =
  (run: (value: number) => number): Native =>
  (call) =>
    run(call.number(1));

const ofTwo =
  (run: (one: number, other: number) => number): Native =>
  (call) =>
    run(call.number(1), call.number(2));

/** math.mod, and `%`: the sign is that of the second number. */
function modulo(one: number, other: number): number {
  const rest = one % other;
  return (other > 0 && rest < 0) || (other < 0 && rest > 0) ? rest + other : rest;
}

/** 1 to any power is 1, and -1 to an infinite one, as in Go. */
function power(base: number, exponent: number): number {
  return base === 1 || (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY) ? 1 : base ** exponent;
}

function frexp(call: Call): number[] {
  const value = call.number(1);
  if (value === 0 || !Number.isFinite(value)) return [value, 0];
  let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(value))) + 1);
  let fraction = value * 2 ** -exponent;
  while (Math.abs(fraction) < 0.5) {
    fraction *= 2;
    exponent -= 1;
  }
  while (Math.abs(fraction) >= 1) {
    fraction /= 2;
    exponent += 1;
  }
  return [fraction, exponent];
}

/** In two steps, since 2 to the power alone may be beyond what there is. */
function ldexp(call: Call): number {
  const exponent = Math.max(-2200, Math.min(2200, call.integer(2)));
  const half = Math.trunc(exponent / 2);
  return call.number(1) * 2 ** half * 2 ** (exponent - half);
}

function modf(call: Call): number[] {
  const value = call.number(1);
  const whole = Math.trunc(value);
  return [whole, Number.isFinite(value) ? value - whole : Number.NaN];
}

const best =
  (better: (one: number, other: number) => boolean): Native =>
  (call) => {
    if (call.count === 0) throw new LuaError('wrong number of arguments');
    let chosen = call.number(1);
    for (let index = 2; index <= call.count; index++) {
      const value = call.number(index);
      if (better(value, chosen)) chosen = value;
    }
    return chosen;
  };

function random(call: Call): number {
  if (call.count === 0) return vm.random.next();
  const from = call.count === 1 ? 1 : call.integer(1);
  const to = call.integer(call.count === 1 ? 1 : 2);
  if (to < from) throw new LuaError('invalid argument to random: the interval is empty');
  return from + Math.floor(vm.random.next() * (to - from + 1));
}

/** `huge` is the largest double, as in gopher-lua. Random numbers start from the same seed in each run. */
export const mathLibrary: Readonly<Record<string, Native | number>> = {
  pi: Math.PI,
  huge: Number.MAX_VALUE,
  abs: ofOne(Math.abs),
  acos: ofOne(Math.acos),
  asin: ofOne(Math.asin),
  atan: ofOne(Math.atan),
  atan2: ofTwo(Math.atan2),
  ceil: ofOne(Math.ceil),
  cos: ofOne(Math.cos),
  cosh: ofOne(Math.cosh),
  deg: ofOne((value) => (value * 180) / Math.PI),
  exp: ofOne(Math.exp),
  floor: ofOne(Math.floor),
  fmod: ofTwo((one, other) => one % other),
  frexp,
  ldexp,
  log: ofOne(Math.log),
  log10: ofOne(Math.log10),
  max: best((one, other) => one > other),
  min: best((one, other) => one < other),
  mod: ofTwo(modulo),
  modf,
  pow: ofTwo(power),
  rad: ofOne((value) => (value * Math.PI) / 180),
  random,
  randomseed: (call) => vm.random.seed(call.integer(1)) as undefined,
  sin: ofOne(Math.sin),
  sinh: ofOne(Math.sinh),
  sqrt: ofOne(Math.sqrt),
  tan: ofOne(Math.tan),
  tanh: ofOne(Math.tanh),
};
