import type { Path } from '../../src/core/errors/finding.ts';
import type { BackoffSpec } from '../../src/core/time/backoff-spec.ts';
import type { Checked } from '../checked.ts';
import type { RetryPolicy } from '../compiled.ts';
import { compileBackoff } from './backoff.ts';

/** Without a word from the author: waits from 0.2 s, doubling to 30 s, and given up after an hour. */
const patient: RetryPolicy = { backoff: { first: 200, ceiling: 30_000 }, attempts: undefined, giveUpAfter: 3_600_000 };

/** Argo's way without a strategy: where a dlqTrigger stands by, that is what the author wants next. */
const once: RetryPolicy = { ...patient, attempts: 1 };

/** The author's `retryStrategy`, which alone says when to give up; without one it depends on whether a dlqTrigger takes over. */
export function compileRetry(spec: BackoffSpec | undefined, path: Path, hasDlq = false): Checked<RetryPolicy> {
  if (!spec) return { value: hasDlq ? once : patient, findings: [] };
  const { value, findings } = compileBackoff(spec, path);
  return { value: { backoff: value.backoff, attempts: value.steps, giveUpAfter: Number.POSITIVE_INFINITY }, findings };
}
