import { error, type Finding, type Path } from '../../src/core/errors/finding.ts';
import type { BackoffSpec } from '../../src/core/time/backoff-spec.ts';
import { parseDuration } from '../../src/core/time/duration.ts';
import type { Checked } from '../checked.ts';
import type { RetryPolicy } from '../compiled.ts';

const hour = 3_600_000;

/** Without a word from the author: waits from 0.2 s, doubling to 30 s, and given up after an hour. */
const patient: RetryPolicy = { backoff: { first: 200, ceiling: 30_000 }, attempts: undefined, giveUpAfter: hour };

/** The author's `retryStrategy`, with Argo's defaults for what it leaves out. It alone says when to give up. */
export function compileRetry(spec: BackoffSpec | undefined, path: Path): Checked<RetryPolicy> {
  if (!spec) return { value: patient, findings: [] };
  const findings: Finding[] = [];
  const amount = (field: 'factor' | 'jitter'): number => {
    const value = Number(spec[field] ?? 1);
    if (value >= 0) return value;
    findings.push(error('CONFIG_INVALID', [...path, field], { problem: `${field} must be a number, not ${JSON.stringify(spec[field])}` }));
    return 1;
  };
  const first = milliseconds(spec.duration);
  if (first === undefined) {
    const problem = `duration must be a text such as "10s", or nanoseconds, not ${JSON.stringify(spec.duration)}`;
    findings.push(error('CONFIG_INVALID', [...path, 'duration'], { problem }));
  }
  const backoff = { first: first ?? 0, ceiling: 24 * hour, factor: amount('factor'), jitter: amount('jitter') };
  return { value: { backoff, attempts: spec.steps ?? 5, giveUpAfter: Number.POSITIVE_INFINITY }, findings };
}

function milliseconds(duration: string | number | undefined): number | undefined {
  if (duration === undefined) return 1000;
  return typeof duration === 'number' ? duration / 1e6 : parseDuration(duration);
}
