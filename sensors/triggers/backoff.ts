import { error, type Finding, type Path } from '../../src/core/errors/finding.ts';
import type { Backoff } from '../../src/core/time/backoff.ts';
import type { BackoffSpec } from '../../src/core/time/backoff-spec.ts';
import { parseDuration } from '../../src/core/time/duration.ts';
import type { Checked } from '../checked.ts';

/** A block of waits made ready: how long they are, and how many attempts they stand between. */
export interface Waits {
  readonly backoff: Backoff;
  /** Attempts, the first among them; at least one. */
  readonly steps: number;
}

/** A day. Argo knows no ceiling, but no timer waits for months. */
const ceiling = 24 * 3_600_000;

/** Argo's Backoff, with its defaults for what is left out. */
export function compileBackoff({ duration, factor = 1, jitter = 1, steps = 0 }: BackoffSpec, path: Path): Checked<Waits> {
  const findings: Finding[] = [];
  for (const [field, value] of Object.entries({ factor, jitter }))
    if (value < 0) findings.push(error('CONFIG_INVALID', [...path, field], { problem: `${field} must be 0 or more, not ${value}` }));
  const first = milliseconds(duration);
  if (first === undefined || first < 0) {
    const problem = `duration must be a text such as "10s", or nanoseconds, not ${JSON.stringify(duration)}`;
    findings.push(error('CONFIG_INVALID', [...path, 'duration'], { problem }));
  }
  return { value: { backoff: { first: first ?? 0, ceiling, factor, jitter }, steps: steps > 0 ? steps : 5 }, findings };
}

function milliseconds(duration: string | number | undefined): number | undefined {
  if (duration === undefined) return 1000;
  return typeof duration === 'number' ? duration / 1e6 : parseDuration(duration);
}
