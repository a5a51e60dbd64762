import type { Verdict } from '../../../sensors/compiled.ts';
import { compileDependency } from '../../../sensors/dependencies/admit.ts';
import type { DependencySpec } from '../../../sensors/dependencies/spec.ts';
import type { Path } from '../../core/errors/finding.ts';
import type { Event } from '../../core/event/event.ts';
import type { Clock } from '../../core/time/clock.ts';

/** One filter of a dependency, to be asked by itself: in the whole, a no hides what the others would have said. */
export interface Clause {
  /** As in a verdict: `filters.data[0]`. */
  readonly at: string;
  /** From the sensor's root. */
  readonly path: Path;
  judge(event: Event): Verdict | Promise<Verdict>;
}

type Filters = NonNullable<DependencySpec['filters']>;

/** Every clause of a dependency's filters, in the order of the YAML. They judge the event as its transform made it. */
export function clausesOf(spec: DependencySpec, path: Path, options: { clock: Clock }): Clause[] {
  return Object.entries(spec.filters ?? {}).flatMap(([field, value]) =>
    alone(field as keyof Filters, value).map(({ filters, at, steps }) => {
      const { transform: _, filtersLogicalOperator: __, ...rest } = spec;
      const compiled = compileDependency({ ...rest, filters }, path, options).value;
      return { at, path: [...path, 'filters', ...steps], judge: (event: Event) => compiled?.admit(event) ?? { admitted: true, event } };
    }),
  );
}

/** One filter at a time, each as a whole `filters` block with nothing else in it. Logical operators are no clauses. */
function alone(field: keyof Filters, value: unknown): { filters: Filters; at: string; steps: Path }[] {
  if (value === undefined || field.endsWith('Operator')) return [];
  if (Array.isArray(value))
    return value.map((one, index) => ({ filters: { [field]: [one] }, at: `filters.${field}[${index}]`, steps: [field, index] }));
  if (field === 'context')
    return Object.entries(value as object).map(([name, one]) => ({
      filters: { context: { [name]: one } },
      at: `filters.context.${name}`,
      steps: [field, name],
    }));
  return [{ filters: { [field]: value }, at: `filters.${field}`, steps: [field] }];
}

/** The path that a place in a dependency stands for: `filters.data[0]` → filters, data, 0. */
export function pathOfPlace(at: string): Path {
  return at
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
