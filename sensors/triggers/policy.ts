import { error, type Finding, type Path, warning } from '../../src/core/errors/finding.ts';
import type { Backoff } from '../../src/core/time/backoff.ts';
import type { Checked } from '../checked.ts';
import { compileBackoff } from './backoff.ts';
import type { PolicySpec } from './policy-spec.ts';
import type { TemplateSpec } from './spec.ts';
import type { TriggerDefinition } from './trigger.ts';

/** A policy checked; the value is how long it may keep an attempt waiting, in milliseconds. */
export function checkPolicy(
  policy: PolicySpec | undefined,
  { type, obeys }: Pick<TriggerDefinition, 'type' | 'obeys'>,
  template: TemplateSpec,
  path: Path,
): Checked<number> {
  if (!policy) return { value: 0, findings: [] };
  const findings: Finding[] = (['k8s', 'status'] as const)
    .filter((part) => policy[part] && part !== obeys)
    .map((part) =>
      warning(
        'CONFIG_INVALID',
        [...path, part],
        { problem: `policy.${part} has no effect on a trigger of the type ${type}` },
        { atKey: true },
      ),
    );
  if (!policy.k8s || obeys !== 'k8s') return { value: 0, findings };
  const { labels, backoff } = policy.k8s;
  if (!labels) findings.push(error('CONFIG_MISSING', [...path, 'k8s'], { problem: 'resource labels are not specified' }));
  if (template.k8s?.operation === 'delete') {
    const problem = 'every firing would count as failed: after `delete` there is no object to look at';
    findings.push(warning('CONFIG_INVALID', [...path, 'k8s'], { problem }, { atKey: true }));
  }
  const waits = compileBackoff(backoff ?? {}, [...path, 'k8s', 'backoff']);
  return { value: longest(waits.value), findings: [...findings, ...waits.findings] };
}

/** All waits between so many attempts, each as long as it can be. */
function longest({ backoff, steps }: { backoff: Backoff; steps: number }): number {
  const { first, ceiling, factor = 1, jitter = 0 } = backoff;
  let sum = 0;
  let wait = first;
  for (let step = 1; step < steps && sum < ceiling; step++) {
    sum += Math.min(wait, ceiling) * (1 + jitter);
    wait *= factor || 1;
  }
  return Math.min(sum, ceiling);
}
