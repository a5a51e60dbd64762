import { type Call, isTrue, type Native, native, toValue, type Value } from '../machine/call.ts';
import type { LuaString } from '../machine/lua-string.ts';
import { LuaError } from '../machine/raise.ts';
import { kindOf, kinds, type TValue } from '../machine/types.ts';
import { vm } from '../machine/vm.ts';
import { type Capture, findAll, find as findMatch, type Match } from '../patterns/match.ts';
import { type Pattern, PatternError, parsePattern } from '../patterns/parse.ts';
import { numberText } from '../values/numbers.ts';
import { cut } from './cut.ts';

const spend = (steps: number): void => vm.meter.steps(steps);

function patternOf(call: Call, index: number): Pattern {
  const source = call.string(index);
  spend(source.length);
  return told(() => parsePattern(source));
}

/** What is wrong in a pattern is an error of the script. */
function told<T>(run: () => T): T {
  try {
    return run();
  } catch (thrown) {
    throw thrown instanceof PatternError ? new LuaError(thrown.message) : thrown;
  }
}

function find(call: Call): Value[] {
  const text = call.string(1);
  const source = call.string(2);
  if (source === '') return [1, 0];
  const from = cut(text.length, call.integer(3, 1));
  if (call.count === 4 && isTrue(call.value(4))) {
    spend(text.length >> 5);
    const at = text.indexOf(source, from);
    return at < 0 ? [null] : [at + 1, at + source.length];
  }
  const pattern = patternOf(call, 2);
  const match = told(() => findMatch(pattern, text, from, spend));
  return match ? [match.start + 1, match.end, ...match.captures.map((one) => captured(text, one))] : [null];
}

/** As in gopher-lua, nothing is given when there is no match: `select('#', s:match(p))` is 0. */
function match(call: Call): Value[] {
  const text = call.string(1);
  const pattern = patternOf(call, 2);
  const first = call.integer(3, 1);
  const from = Math.max(first < 0 ? text.length + first : first - 1, 0);
  const match = told(() => findMatch(pattern, text, from, spend));
  return match ? pieces(text, match) : [];
}

function gmatch(call: Call): Value {
  const text = call.string(1);
  const pattern = patternOf(call, 2);
  const matches = findAll(pattern, text, -1, spend)[Symbol.iterator]();
  return native('gmatch', () => {
    const { value } = told(() => matches.next());
    return value ? pieces(text, value) : undefined;
  });
}

function gsub(call: Call): Value[] {
  const text = call.string(1);
  const pattern = patternOf(call, 2);
  const replacement = replacementOf(call);
  const limit = call.integer(4, -1);
  const parts: string[] = [];
  let [done, count] = [0, 0];
  for (const match of told(() => [...findAll(pattern, text, limit, spend)])) {
    count += 1;
    const piece = replacement(match, text);
    if (piece === undefined) continue;
    vm.meter.bytes(piece.length + 16);
    parts.push(text.slice(done, match.start), piece);
    done = match.end;
  }
  vm.meter.bytes(text.length);
  return [parts.join('') + text.slice(done), count];
}

/** Undefined leaves the match as it is. */
type Replacement = (match: Match, text: string) => string | undefined;

function replacementOf(call: Call): Replacement {
  const by = call.value(3);
  if (kindOf(by) === kinds.string) return byText((by.value as LuaString).binary);
  if (kindOf(by) === kinds.table) return (match, text) => shown(call.index(by, pieces(text, match)[0]!));
  if (kindOf(by) === kinds.function) return (match, text) => shown(call.invoke(by, pieces(text, match)));
  throw call.wrongType(3, 'string or table or function');
}

function byText(by: string): Replacement {
  if (!by.includes('%')) return () => by;
  return (match, text) => {
    spend(by.length >> 3);
    return by.replace(/%(.)/gs, (mark, name: string) => {
      if (name === '%') return '%';
      return /[0-9]/.test(name) ? numbered(match, text, Number(name)) : mark;
    });
  };
}

/** `%0` is the whole match, and so is `%1` where there are no captures. */
function numbered(match: Match, text: string, index: number): string {
  const capture = match.captures[index - 1];
  if (capture) return shown(toValue(captured(text, capture))) ?? '';
  if (index > 1) throw new LuaError('invalid capture index');
  return text.slice(match.start, match.end);
}

function shown(value: TValue): string | undefined {
  if (!isTrue(value)) return undefined;
  if (kindOf(value) === kinds.string) return (value.value as LuaString).binary;
  return kindOf(value) === kinds.number ? numberText(value.value as number) : '';
}

/** The captures, or the whole match where there are none. */
const pieces = (text: string, { start, end, captures }: Match): Value[] =>
  captures.length === 0 ? [text.slice(start, end)] : captures.map((one) => captured(text, one));

const captured = (text: string, { start, end }: Capture): string | number => (end === undefined ? start + 1 : text.slice(start, end));

export const patternFunctions: Readonly<Record<string, Native>> = { find, match, gmatch, gfind: gmatch, gsub };
