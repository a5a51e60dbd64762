import { type Finding, type Path, warning } from '../../src/core/errors/finding.ts';
import type { DependencySpec } from '../dependencies/spec.ts';
import type { DataFilterSpec } from '../filters/data.ts';
import type { Sensor } from '../kind.ts';
import { canAllPass } from './satisfiable.ts';

/** Filters that no event can pass. With an `or` above them they do no harm, and are left alone. */
export function filterAdvice({ dependencies }: Sensor['spec']): Finding[] {
  return dependencies.flatMap((dependency, index) => {
    const { filters, filtersLogicalOperator } = dependency;
    if (!filters || filtersLogicalOperator === 'or') return [];
    const at = ['spec', 'dependencies', index, 'filters'];
    const isAnd = filters.dataLogicalOperator !== 'or';
    return [...contextAdvice(dependency, at), ...(isAnd ? dataAdvice(filters.data ?? [], [...at, 'data']) : [])];
  });
}

/** The event of a dependency comes from the event source and under the name that the dependency itself names. */
function contextAdvice({ name, eventSourceName, eventName, filters }: DependencySpec, at: Path): Finding[] {
  const { source, subject } = filters?.context ?? {};
  const never = (field: string, wanted: string, given: string, by: string): Finding[] =>
    wanted === given
      ? []
      : [
          warning(
            'CONFIG_INVALID',
            [...at, 'context', field],
            { problem: `this filter never passes: the ${field} of every event of "${name}" is "${given}", its ${by}` },
            { hint: `${field}: ${given}, or leave it out` },
          ),
        ];
  return [
    ...(source ? never('source', source, eventSourceName, 'eventSourceName') : []),
    ...(subject ? never('subject', subject, eventName, 'eventName') : []),
  ];
}

/** All clauses about one value of the payload must hold together. Where a template rewrites the value, nobody knows. */
function dataAdvice(clauses: readonly DataFilterSpec[], at: Path): Finding[] {
  const findings: Finding[] = [];
  const groups = new Map<string, DataFilterSpec[]>();
  clauses.forEach((clause, index) => {
    if (clause.template) return;
    const key = `${clause.type} ${clause.path}`;
    const before = groups.get(key) ?? [];
    if (canAllPass([...before, clause])) groups.set(key, [...before, clause]);
    else findings.push(contradiction(clause, before, [...at, index]));
  });
  return findings;
}

function contradiction(clause: DataFilterSpec, before: readonly DataFilterSpec[], at: Path): Finding {
  if (!canAllPass([clause])) {
    const problem = `this filter never passes: ${clause.type === 'string' ? 'no text matches' : 'nothing is'} ${shown(clause)}`;
    return warning('CONFIG_INVALID', [...at, 'value'], { problem });
  }
  const problem = `no event passes: ${clause.path} must be ${[...before, clause].map(shown).join(' and ')}`;
  return warning('CONFIG_INVALID', [...at, 'value'], { problem }, { hint: 'with dataLogicalOperator: or, one of them is enough' });
}

function shown({ type, comparator, value }: DataFilterSpec): string {
  const sign = !comparator || comparator === '=' ? '' : `${comparator} `;
  return value.map((one) => `${sign}${type === 'string' ? JSON.stringify(one) : one}`).join(' or ');
}
