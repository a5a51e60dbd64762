import { isObject, type Json } from '../../../core/json/json.ts';
import { goQuote } from '../../../core/json/quote.ts';
import { goJson } from '../../../core/json/stringify.ts';
import { compileKubePath, PathError } from '../../../core/kube/json-path/index.ts';
import { pathOf } from './expressions.ts';

/** What an expression is worth for one event: the text that stands in its place. Throws PathError and EngineError EVENT_LIMIT. */
export type Expression = (document: Json) => string;

/** `expression` is wrapped in `$( )`. Throws PathError with the place in the expression. */
export function compileExpression(expression: string): Expression {
  const path = pathOf(expression);
  if (path === '') return () => '';
  const { find } = compiled(path, expression);
  return (document) => textOf(find(document));
}

function compiled(path: string, expression: string): ReturnType<typeof compileKubePath> {
  try {
    return compileKubePath(path);
  } catch (thrown) {
    if (!(thrown instanceof PathError) || thrown.offset === undefined) throw thrown;
    // The path has a dot in front, whether or not the author wrote one; it ends as the expression does.
    const ending = expression.endsWith('})') ? 2 : 1;
    throw new PathError(thrown.message, Math.max(2, expression.length - ending - path.length + thrown.offset));
  }
}

/** A text as the inside of a JSON text, anything else as compact JSON with its keys in order; several results, or none, are a list. */
function textOf(results: readonly Json[]): string {
  const [only] = results;
  if (results.length !== 1) return goJson(asDoubles([...results]));
  return typeof only === 'string' ? goQuote(only).slice(1, -1) : goJson(asDoubles(only!));
}

/** Integers that are kept exactly everywhere else are as inexact here as all numbers of the dialect. */
function asDoubles(value: Json): Json {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(asDoubles);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asDoubles(inner)])) : value;
}
