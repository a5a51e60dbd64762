import type { Call, Native, Value } from '../machine/call.ts';
import { vm } from '../machine/vm.ts';
import { lowered, raised } from './case.ts';
import { cut } from './cut.ts';
import { format } from './format.ts';
import { patternFunctions } from './string-patterns.ts';

function sub(call: Call): Value {
  const text = call.string(1);
  const start = cut(text.length, call.integer(2));
  const end = call.integer(3, -1);
  const stop = end < 0 ? Math.max(text.length + end + 1, 0) : Math.min(end, text.length);
  return start >= text.length || stop < start ? '' : text.slice(start, stop);
}

function byte(call: Call): Value[] {
  const text = call.string(1);
  const first = call.integer(2, 1);
  const start = first > 0 ? first - 1 : text.length + first;
  if (call.count === 2) return start < 0 || start >= text.length ? [] : [text.charCodeAt(start)];
  const last = call.integer(3, -1);
  const end = Math.min(last < 0 ? text.length + last + 1 : last, text.length);
  if (start >= text.length) return [];
  const from = Math.max(start, 0);
  vm.meter.steps(Math.max(end - from, 0));
  return Array.from({ length: Math.max(end - from, 0) }, (_, index) => text.charCodeAt(from + index));
}

function char(call: Call): Value {
  let text = '';
  for (let index = 1; index <= call.count; index++) text += String.fromCharCode(call.integer(index) & 255);
  return text;
}

function rep(call: Call): Value {
  const text = call.string(1);
  const count = Math.max(call.integer(2), 0);
  vm.meter.bytes(text.length * count);
  return text.length === 0 ? '' : text.repeat(count);
}

function reverse(call: Call): Value {
  const text = call.string(1);
  vm.meter.steps(text.length >> 3);
  return text.split('').reverse().join('');
}

export const stringLibrary: Readonly<Record<string, Native>> = {
  sub,
  byte,
  char,
  rep,
  format,
  len: (call) => call.string(1).length,
  lower: (call) => lowered(call.string(1)),
  upper: (call) => raised(call.string(1)),
  reverse,
  ...patternFunctions,
};
