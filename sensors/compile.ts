import { error, type Finding, type Path, warning } from '../src/core/errors/finding.ts';
import type { CheckOptions } from '../src/core/schema/kind.ts';
import { type Clock, systemClock } from '../src/core/time/clock.ts';
import type { CompiledSensor } from './compiled.ts';
import { compileDependency } from './dependencies/admit.ts';
import type { Sensor } from './kind.ts';
import { unordered, withoutOwner } from './shared.ts';
import { compileTrigger } from './triggers/compile.ts';
import { dlqsOf } from './triggers/dlq.ts';
import type { TriggerSpec } from './triggers/spec.ts';

/**
 * Makes a Sensor ready to run: every program, path and pattern in it is compiled, and everything that is wrong in it is found at once.
 * `compiled` is undefined when there is an error among the findings. The clock is what jq's `now` reads; `jq` runs
 * the transforms in place of our own engine; `programs` says which programs its triggers may run.
 */
export function compileSensor(
  { metadata, spec }: Sensor,
  { clock = systemClock, jq, programs = {} }: CheckOptions & { clock?: Clock } = {},
): { compiled: CompiledSensor | undefined; findings: Finding[] } {
  const names = spec.dependencies.map((dependency) => dependency.name);
  const dependencies = spec.dependencies.map((one, index) => compileDependency(one, ['spec', 'dependencies', index], { clock, jq }));
  const distinct = [...new Set(names)];
  const triggers = spec.triggers.map((one, index) => compileTrigger(one, distinct, ['spec', 'triggers', index], { clock }, programs));
  const findings = [
    ...repeated(names.map((name, index) => ({ name, at: ['spec', 'dependencies', index] }))).map(({ name, at }) =>
      error('CONFIG_DUPLICATE', [...at, 'name'], { what: 'the dependency', name }),
    ),
    ...(['loggingFields', 'errorOnFailedRound'] as const)
      .filter((field) => spec[field] !== undefined)
      .map((field) => warning('CONFIG_INVALID', ['spec', field], { problem: `${field} has no effect` }, { atKey: true })),
    ...dependencies.flatMap((one) => one.findings),
    ...triggers.flatMap((one) => one.findings),
    ...(spec.shared
      ? withoutOwner(
          spec.triggers,
          triggers.map((one) => one.value),
        )
      : []),
    ...repeated(spec.triggers.flatMap(namesOf)).map(({ name, at }) =>
      error('CONFIG_INVALID', [...at, 'template', 'name'], { problem: `duplicate trigger name: ${name}` }),
    ),
  ];
  if (findings.some((finding) => finding.severity === 'error')) return { compiled: undefined, findings };
  const working = triggers.flatMap((one) => one.value ?? []);
  return {
    findings,
    compiled: {
      name: metadata.name,
      namespace: metadata.namespace,
      since: metadata.creationTimestamp ? new Date(metadata.creationTimestamp) : undefined,
      dependencies: dependencies.flatMap((one) => one.value ?? []),
      ...(spec.shared ? { shared: true, triggers: working.map(unordered) } : { triggers: working }),
    },
  };
}

interface Named {
  readonly name: string;
  readonly at: Path;
}

/** What a trigger and the dlqTriggers behind it are called. */
function namesOf(trigger: TriggerSpec, index: number): Named[] {
  const at = ['spec', 'triggers', index];
  return [{ name: trigger.template.name, at }, ...dlqsOf(trigger, at)];
}

/** Those whose name was there before. */
const repeated = (all: readonly Named[]): Named[] => all.filter(({ name }, index) => all.findIndex((one) => one.name === name) < index);
