import { randomBytes } from 'node:crypto';
import { EngineError } from '../errors/engine-error.ts';
import { fn, GoError, type GoFunction, orElse } from '../go/function.ts';
import { marshal } from '../go/json.ts';
import { emptyMap, type GoMap, type GoValue, typeName } from '../go/values.ts';
import { isObject, type Json, type JsonObject } from '../json/json.ts';
import { parseJson } from '../json/parse.ts';
import { sortedKeys } from '../json/sorted-keys.ts';
import { compileJsonPath } from '../jsonpath/index.ts';
import { sprigFunctions } from '../template/sprig/index.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { toFloatValue, toIntValue } from './expr-lang/builtins/numbers.ts';
import { compileExpression, type Expression, type ExpressionOptions } from './expr-lang/index.ts';
import { failed } from './refuse.ts';

export interface ArgoExpression {
  /** Throws as `Expression` does. */
  evaluate(payload: JsonObject): ReturnType<Expression['evaluate']>;
  /** Whether it is true of a payload; null has no members. Throws also for another payload that is no object, and for a result that is no boolean. */
  holds(payload: Json): boolean;
}

/**
 * An expression in the environment that Argo Events gives to `filter.expression`: the payload's members by name (`-` at the top is written
 * `_`, `a.b` is `b` in `a`), `asInt`, `asFloat`, `toJson`, `jsonpath`, and sprig's functions as `sprig.trim`. Throws as `compileExpression` does.
 */
export function compileArgoExpression(text: string, options: Partial<Omit<ExpressionOptions, 'functions'>> = {}): ArgoExpression {
  const { clock = systemClock } = options;
  const functions = text.includes('sprig') ? withSprig(clock) : argoFunctions;
  const expression = compileExpression(text, { ...options, functions });
  const evaluate = (payload: JsonObject) => expression.evaluate(environmentOf(payload));
  return {
    evaluate,
    holds(payload) {
      if (payload !== null && !isObject(payload)) throw failed('the payload is no JSON object', 0);
      const result = evaluate(payload ?? {});
      if (typeof result === 'boolean') return result;
      throw failed(`it gives ${typeName(result)}, and a filter must give true or false`, 0);
    },
  };
}

const argoFunctions: ReadonlyMap<string, GoFunction> = new Map(
  Object.entries({
    asInt: fn(['any'], ([value]) => toIntValue(value)),
    asFloat: fn(['any'], ([value]) => toFloatValue(value)),
    toJson: fn(['any'], ([value], spend) => orElse(() => marshal(value, { escapeHtml: true, pretty: false }, spend), '')),
    jsonpath: fn(['string', 'string'], ([text, path], spend) => {
      spend.steps(text.length / 10);
      return compileJsonPath(path).query(read(text), spend) as GoValue;
    }),
  }),
);

/** Made for those who use them: there are some two hundred. */
function withSprig(clock: Clock): ReadonlyMap<string, GoFunction> {
  const functions = new Map(argoFunctions);
  for (const [name, definition] of sprigFunctions({ clock, random: randomBytes })) functions.set(`sprig.${name}`, definition);
  return functions;
}

function read(text: string): Json {
  try {
    return parseJson(text);
  } catch (thrown) {
    if (thrown instanceof EngineError) throw new GoError(thrown.message);
    throw thrown;
  }
}

/** The payload itself where no name needs to be changed, which is nearly always. */
function environmentOf(payload: JsonObject): GoMap {
  for (const name in payload) if (name.includes('-') || name.includes('.')) return renamed(payload);
  return payload as GoMap;
}

/** Names with dots become maps inside each other, in place of a value that has the same name as one of these. */
function renamed(payload: JsonObject): GoMap {
  const plain = emptyMap() as JsonObject;
  for (const name of Object.keys(payload)) plain[name.replaceAll('-', '_')] = payload[name]!;
  const result = emptyMap();
  const made = new Map<string, GoMap>([['', result]]);
  for (const name of sortedKeys(plain)) {
    const parts = name.split('.').slice(0, 100);
    let map = result;
    for (let depth = 1; depth < parts.length; depth++) {
      const path = parts.slice(0, depth).join('.');
      const below = made.get(path) ?? emptyMap();
      made.set(path, below);
      map[parts[depth - 1]!] = below;
      map = below;
    }
    map[parts.at(-1)!] = plain[name] as GoValue;
  }
  return result;
}
