import type { Case } from '../adapter.ts';
import type { Difference } from '../differences.ts';

const failures = ({ results }: Case): number => {
  const first = results.findIndex((result: string) => result !== 'fail');
  return first < 0 ? results.length : first;
};

/** Retries, rate limits, and what counts as a success. */
export const policyDifferences: readonly Difference[] = [
  {
    parts: ['argo/retry'],
    when: ({ input }) => input?.dlq && input.atLeastOnce !== true,
    expected: () => ({ attempts: 0, dlqAttempts: 0, retriesFailed: 0, acknowledged: false }),
    because: 'B5: a dlqTrigger without `atLeastOnce: true` is refused when the rule is loaded',
  },
  {
    parts: ['argo/retry'],
    when: ({ input }) => input && input.atLeastOnce !== false && !input.retryStrategy && !input.dlq,
    expected: ({ input }) => ({ attempts: failures(input) + 1, retriesFailed: 0 }),
    because: 'K26, K27: without a retryStrategy and without a dlqTrigger it is tried for an hour',
  },
  {
    parts: ['argo/retry'],
    when: ({ input }) => input?.atLeastOnce === undefined && input?.retryStrategy,
    expected: ({ input }) => {
      const steps = input.retryStrategy.steps > 0 ? input.retryStrategy.steps : 5;
      const failed = failures(input);
      return { attempts: Math.min(steps, failed + 1), retriesFailed: failed >= steps ? 1 : 0 };
    },
    because: 'K26: without a word from the author it is done at least once, so a retryStrategy counts',
  },
  {
    parts: ['argo/trigger-policy'],
    when: ({ kind, allow, status }) => kind === 'status' && !allow && status >= 400,
    expected: ({ status }) => ({ error: `POST: the answer was ${status}` }),
    because: 'K25: without a policy, an answer that says so is a failure',
  },
  {
    parts: ['argo/validation'],
    when: ({ spec }) => spec?.triggers?.some(({ rateLimit }: Case) => rateLimit && !(rateLimit.requestsPerUnit > 0)),
    expected: () => ({ error: 'a rate limit needs requestsPerUnit of 1 or more, not 0' }),
    because: 'B20: a rate limit without a number is refused when the rule is loaded',
  },
];
