/**
 * What is allowed in a Sensor and hardly meant: it would run, but something in it never matches, has no effect or fails each time.
 *
 * Every finding is a warning, because Argo takes such rules. Said when a rule is loaded or validated; running it does not need them.
 */
import type { Finding, Path } from '../../src/core/errors/finding.ts';
import type { DependencySpec } from '../dependencies/spec.ts';
import type { Sensor } from '../kind.ts';
import { dlqsOf } from '../triggers/dlq.ts';
import type { TriggerSpec } from '../triggers/spec.ts';
import { dependencyAdvice } from './dependencies.ts';
import { destinationAdvice } from './destinations.ts';
import { filterAdvice } from './filters.ts';
import { joinAdvice } from './joins.ts';
import { objectAdvice } from './object.ts';
import { parameterAdvice } from './parameters.ts';
import { placeAdvice } from './places.ts';

export function advice({ spec }: Sensor): Finding[] {
  const names = spec.dependencies.map(({ name }) => name);
  return [
    ...dependencyAdvice(spec),
    ...filterAdvice(spec),
    ...spec.triggers.flatMap((trigger, index) => {
      const at = ['spec', 'triggers', index];
      return [
        ...joinAdvice(trigger, names, at),
        ...actionAdvice(trigger, spec.dependencies, at),
        ...dlqsOf(trigger, at).flatMap((dlq) => actionAdvice(dlq.trigger, spec.dependencies, dlq.at)),
      ];
    }),
  ];
}

/** Of what a trigger does, whenever that is. */
const actionAdvice = (trigger: TriggerSpec, dependencies: readonly DependencySpec[], at: Path): Finding[] => [
  ...parameterAdvice(trigger, dependencies, at),
  ...destinationAdvice(trigger, dependencies, at),
  ...placeAdvice(trigger, at),
  ...objectAdvice(trigger, at),
];
