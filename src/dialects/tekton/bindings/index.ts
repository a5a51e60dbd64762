/**
 * What a trigger takes from an event: the params of its bindings with their `$(…)` replaced, over the defaults of its template.
 *
 * Compiled once for a trigger, and run for each event that its interceptors let pass. Expressions are replaced by their place, each once:
 * what stands in an event is never read as an expression.
 */
import { EngineError } from '../../../core/errors/engine-error.ts';
import type { Json } from '../../../core/json/json.ts';
import { nearestTo } from '../../../core/json/nearest.ts';
import { MissingKey, PathError } from '../../../core/kube/json-path/index.ts';
import { compileExpression, type Expression } from './evaluate.ts';
import { findExpressions, pathOf } from './expressions.ts';
import type { BoundParam } from './merge.ts';

export { bindingDocument } from './document.ts';

/**
 * The values by name, with the defaults of the params that no binding gives. A default also takes the place of each expression that
 * finds nothing, in the value of its own param. Throws EngineError EVENT_PARAMETER for an expression that finds nothing and has none.
 */
export type Bindings = (document: Json, defaults: ReadonlyMap<string, string>) => ReadonlyMap<string, string>;

interface Place {
  readonly expression: string;
  /** Fails for each event where it cannot be read: a default still takes its place. */
  readonly read: Expression;
}

interface Compiled {
  readonly param: BoundParam;
  readonly pieces: readonly (string | Place)[];
}

/** Never throws: an expression that cannot be read is told by `checkExpressions`, and fails for each event. */
export function compileBindings(params: readonly BoundParam[]): Bindings {
  const compiled = params.map((param): Compiled => ({ param, pieces: piecesOf(param.value) }));
  return (document, defaults) => {
    const values = new Map(defaults);
    for (const { param, pieces } of compiled) {
      const instead = defaults.get(param.name);
      values.set(param.name, pieces.map((piece) => (typeof piece === 'string' ? piece : textOf(piece, document, instead, param))).join(''));
    }
    return values;
  };
}

/** The defaults that the params of a template declare; an empty one is one. */
export const defaultsOf = (params: readonly { name: string; default?: string | undefined }[] = []): ReadonlyMap<string, string> =>
  new Map(params.flatMap(({ name, default: value }) => (value === undefined ? [] : [[name, value] as const])));

function piecesOf(value: string): readonly (string | Place)[] {
  const pieces: (string | Place)[] = [];
  let end = 0;
  for (const { original, expression, at } of findExpressions(value)) {
    pieces.push(value.slice(end, at), { expression, read: readingOf(expression) });
    end = at + original.length;
  }
  return [...pieces, value.slice(end)];
}

function readingOf(expression: string): Expression {
  try {
    return compileExpression(expression);
  } catch (thrown) {
    if (!(thrown instanceof PathError)) throw thrown;
    return () => {
      throw thrown;
    };
  }
}

function textOf({ expression, read }: Place, document: Json, instead: string | undefined, param: BoundParam): string {
  try {
    return read(document);
  } catch (thrown) {
    if (!(thrown instanceof PathError)) throw thrown;
    if (instead !== undefined) return instead;
    const problem = `the param "${param.name}"${param.binding ? ` of ${param.binding}` : ''}: ${expression}: ${thrown.message}`;
    throw new EngineError('EVENT_PARAMETER', { problem }, { cause: thrown, hint: hintFor(expression, thrown, document) });
  }
}

function hintFor(expression: string, thrown: PathError, document: Json): string {
  const nearest = thrown instanceof MissingKey ? nearestTo(pathOf(expression).slice(1), document) : undefined;
  return [nearest, 'a `default` of the param in the template takes its place'].filter(Boolean).join('; or: ');
}
