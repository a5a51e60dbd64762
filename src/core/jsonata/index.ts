/**
 * JSONata expressions, by the library of that name, which is loaded with the first expression. The only place that knows it.
 *
 * Expressions come from rules and meet data from anywhere: what runs too long, calls itself too deeply or makes too much is stopped, and
 * regular expressions are matched in linear time.
 */
import { createRequire } from 'node:module';
import type Library from 'jsonata';
import { EngineError } from '../errors/engine-error.ts';
import { isObject, type Json } from '../json/json.ts';
import { parseJson } from '../json/parse.ts';
import { LinearRegExp } from './linear-regexp.ts';

export interface Jsonata {
  /**
   * What the expression makes of a value, as JSON; undefined when it makes nothing. The value is not changed. Numbers are doubles in it,
   * as JSONata knows no others: digits beyond those are lost.
   * Rejects with EngineError EVENT_TRANSFORM_FAILED, or EVENT_LIMIT where it was stopped.
   */
  evaluate(input: Json): Promise<Json | undefined>;
}

/** Milliseconds of one evaluation, calls within calls, and members of one sequence. */
const limits = { timeout: 1000, stack: 200, sequence: 100_000 };

/** Throws EngineError CONFIG_INVALID, with the `offset` of the place where it is known, or CONFIG_REGEX. */
export function compileJsonata(expression: string): Jsonata {
  const jsonata = createRequire(import.meta.url)('jsonata') as typeof Library;
  const options = { ...limits, RegexEngine: LinearRegExp as unknown as RegExpConstructor };
  let compiled: Library.Expression;
  try {
    compiled = jsonata(expression, options);
    tryPatterns(compiled.ast());
  } catch (thrown) {
    if (thrown instanceof EngineError) throw thrown;
    const { message, position } = problemOf(thrown, expression);
    throw new EngineError(
      'CONFIG_INVALID',
      { problem: `JSONata: ${message}`, ...(position === undefined ? {} : { offset: position }) },
      { cause: thrown },
    );
  }
  return {
    async evaluate(input) {
      let result: unknown;
      try {
        result = await compiled.evaluate(withDoubles(input));
      } catch (thrown) {
        throw failed(thrown);
      }
      const text = textOf(result);
      return text === undefined ? undefined : parseJson(text);
    },
  };
}

function withDoubles(value: Json): Json {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(withDoubles);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withDoubles(one!)])) : value;
}

/** A function of the expression holds itself, so that it is no JSON. */
function textOf(result: unknown): string | undefined {
  try {
    return JSON.stringify(result);
  } catch (thrown) {
    throw new EngineError(
      'EVENT_TRANSFORM_FAILED',
      { problem: 'the JSONata expression makes a function, which is no JSON' },
      { cause: thrown },
    );
  }
}

/** A pattern that cannot be matched in linear time is told of before any event has come. */
function tryPatterns(node: unknown): void {
  if (node instanceof RegExp) new LinearRegExp(node);
  else if (typeof node === 'object' && node !== null) for (const inner of Object.values(node)) tryPatterns(inner);
}

/** By the library's codes: too long, too deep, too much. */
const stoppedBy: Readonly<Record<string, string>> = {
  D1012: `${limits.timeout} ms`,
  D1011: `${limits.stack} calls within calls`,
  D2015: `${limits.sequence} values`,
};

function failed(thrown: unknown): EngineError {
  if (thrown instanceof EngineError) return thrown;
  const { code, message } = problemOf(thrown);
  const limit = stoppedBy[code];
  if (limit !== undefined)
    return new EngineError('EVENT_LIMIT', { limit, what: 'the JSONata expression does too much' }, { cause: thrown });
  return new EngineError('EVENT_TRANSFORM_FAILED', { problem: `JSONata: ${message} (${code})` }, { cause: thrown });
}

/** The library throws objects that are no errors; their `position` is behind the token that they speak of. */
function problemOf(thrown: unknown, expression = ''): { code: string; message: string; position: number | undefined } {
  const { code = 'unknown', message = String(thrown), position, token = '' } = thrown as Partial<Library.JsonataError>;
  if (position === undefined) return { code, message, position };
  const start = position - String(token).length;
  return { code, message, position: start >= 0 && expression.startsWith(String(token), start) ? start : position };
}
