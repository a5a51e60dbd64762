import { closest } from '../../src/core/errors/closest.ts';
import { error, type Finding, type Path } from '../../src/core/errors/finding.ts';
import type { Event } from '../../src/core/event/event.ts';
import { stableId } from '../../src/core/event/stable-id.ts';
import type { JqOptions } from '../../src/core/jq/index.ts';
import { parseDuration } from '../../src/core/time/duration.ts';
import { type Checked, problemOf } from '../checked.ts';
import { compileKey } from '../keys.ts';
import type { Join } from './advance.ts';
import { type Expression, holds, missing, namesIn, parseExpression, textOf, withNames } from './expression.ts';
import { compileResets, type Resets } from './resets.ts';
import type { JoinSpec, ResetSpec } from './spec.ts';

/** A join made ready to run. */
export interface CompiledJoin extends Join {
  /** What the rule says of it: another text forgets what was held under this one. */
  readonly fingerprint: string;
  /** Only events with the same key meet; undefined for an event that has none, and so never meets another. */
  keyOf(event: Event): string | undefined;
  /** How long an event waits for others, in milliseconds. */
  readonly within: number | undefined;
  readonly resets: Resets | undefined;
}

/** The dependencies that concern a trigger; `join` is undefined where any one of them fires it. */
export interface Condition {
  readonly dependencies: readonly string[];
  readonly join: CompiledJoin | undefined;
  /** What it waits for, in the words of `conditions`. */
  readonly condition: string;
}

export interface ConditionSpec {
  readonly conditions?: string | undefined;
  readonly conditionsReset?: readonly ResetSpec[] | undefined;
  readonly join?: JoinSpec | undefined;
}

/** From the `conditions`, `conditionsReset` and `join` of a trigger's template; `path` is the template's. */
export function compileCondition(
  { conditions = '', conditionsReset = [], join = {} }: ConditionSpec,
  dependencies: readonly string[],
  path: Path,
  jqOptions: Partial<JqOptions> = {},
): Checked<Condition> {
  const { value: expression, findings } = expressionOf(conditions, dependencies, [...path, 'conditions']);
  const { key, within, keep = 'latest' } = join;
  const resets = compileResets(conditionsReset, [...path, 'conditionsReset']);
  let keyOf: CompiledJoin['keyOf'] = () => '';
  const problem = key === undefined ? undefined : problemOf([...path, 'join', 'key'], () => (keyOf = compileKey(key, jqOptions)));
  const patience = within === undefined ? undefined : parseDuration(within);
  const all = [
    ...findings,
    ...resets.findings,
    ...(problem ? [problem] : []),
    ...(within !== undefined && !(patience && patience > 0) ? [noDuration([...path, 'join', 'within'], within)] : []),
  ];
  if (!expression) return { value: { dependencies: [], join: undefined, condition: '' }, findings: all };
  const names = namesIn(expression);
  const condition = textOf(expression);
  if (!joins(expression)) return { value: { dependencies: names, join: undefined, condition }, findings: all };
  const fingerprint = stableId(conditions, keep, key ?? '');
  return {
    findings: all,
    value: {
      dependencies: names,
      condition,
      join: {
        names,
        keep,
        fingerprint,
        holds: (have) => holds(expression, have),
        missing: (have) => missing(expression, have),
        keyOf,
        within: patience,
        resets: resets.value,
      },
    },
  };
}

/** Undefined when there is an error among the findings. Without a text all dependencies are wanted together. */
function expressionOf(text: string, dependencies: readonly string[], path: Path): Checked<Expression | undefined> {
  if (!text.trim()) {
    const parts = dependencies.map((name): Expression => ({ kind: 'name', name, offset: 0 }));
    return { value: parts.length === 1 ? parts[0] : { kind: 'and', parts }, findings: [] };
  }
  let expression: Expression | undefined;
  const problem = problemOf(path, () => {
    expression = parseExpression(text);
  });
  if (!expression) return { value: undefined, findings: problem ? [problem] : [] };
  const findings: Finding[] = [];
  const resolved = withNames(expression, ({ name, offset }) => {
    const meant = dependencyOf(name, dependencies);
    if (meant === undefined) findings.push(unknown(name, dependencies, path, offset));
    return meant ?? name;
  });
  return { value: findings.length > 0 ? undefined : resolved, findings };
}

/** For Argo - and _ are the same in conditions; for us they are, where that leaves no doubt. */
export function dependencyOf(name: string, dependencies: readonly string[]): string | undefined {
  if (dependencies.includes(name)) return name;
  const twins = dependencies.filter((one) => one.replaceAll('-', '_') === name.replaceAll('-', '_'));
  return twins.length === 1 ? twins[0] : undefined;
}

function unknown(name: string, dependencies: readonly string[], path: Path, offset: number): Finding {
  const near = closest(name, dependencies);
  const hint = near ? `did you mean "${near}"?` : `dependencies are ${dependencies.join(', ')}`;
  return error('CONFIG_UNKNOWN_DEPENDENCY', path, { name }, { hint, offset });
}

/** As in Argo, whatever an `&&` stands between: events are held as soon as there is one. */
const joins = (expression: Expression): boolean => expression.kind === 'and' || (expression.kind === 'or' && expression.parts.some(joins));

function noDuration(path: Path, text: string): Finding {
  return error('CONFIG_INVALID', path, { problem: `within must be a time such as "10m", not ${JSON.stringify(text)}` });
}
