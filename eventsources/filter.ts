/**
 * `filter.expression` of an entry: which of its events are published. One for all types of sources; `emit` asks it.
 *
 * What cannot be evaluated is dropped, as in Argo Events, and the reason is told.
 */
import { EngineError } from '../src/core/errors/engine-error.ts';
import { error, type Finding } from '../src/core/errors/finding.ts';
import type { EventData } from '../src/core/event/data.ts';
import { compileArgoExpression } from '../src/core/expression/index.ts';
import { isObject } from '../src/core/json/json.ts';
import type { Clock } from '../src/core/time/clock.ts';

/** Why an event is not published, as a sentence for the author of the rule; undefined when it is. */
export type SourceFilter = (data: EventData | undefined) => string | undefined;

/** The expression of an entry of whatever type; undefined when it has none. */
export function expressionIn(entry: unknown): string | undefined {
  const filter = isObject(entry) ? entry['filter'] : undefined;
  const expression = isObject(filter) ? filter['expression'] : undefined;
  return typeof expression === 'string' ? expression : undefined;
}

/** Throws EngineError CONFIG_EXPRESSION or CONFIG_REGEX. */
export function compileSourceFilter(text: string, clock?: Clock): SourceFilter {
  const expression = compileArgoExpression(text, clock ? { clock } : {});
  return (data) => {
    try {
      return expression.holds(data?.json ?? null) ? undefined : `filter.expression: ${text} is false`;
    } catch (thrown) {
      if (!(thrown instanceof EngineError)) throw thrown;
      return `filter.expression: ${thrown.code === 'EVENT_EXPRESSION_FAILED' ? thrown.fields['problem'] : thrown.message}`;
    }
  };
}

/** What is wrong with the expression of an entry, if anything. The path is relative to the entry. */
export function checkExpression(entry: unknown): Finding[] {
  const text = expressionIn(entry);
  if (text === undefined) return [];
  try {
    compileArgoExpression(text);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    const { offset } = thrown.fields;
    const { hint } = thrown;
    const extra = { ...(typeof offset === 'number' ? { offset } : {}), ...(hint ? { hint } : {}) };
    return [error(thrown.code, ['filter', 'expression'], thrown.fields, extra)];
  }
}
