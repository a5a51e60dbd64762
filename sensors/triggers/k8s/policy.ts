import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { waitAfter } from '../../../src/core/time/backoff.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { compileBackoff } from '../backoff.ts';
import type { PolicySpec } from '../policy-spec.ts';

/**
 * Looks at an object, at once and then by the policy's backoff, until it has all labels that the policy names; answers with how that
 * ended, in words. An object without any labels never has them (Argo's rule).
 *
 * Rejects with what `look` rejects with, and with REMOTE_LABELS when time is over and the policy takes that for a failure.
 */
export async function untilLabelled(
  { labels = {}, backoff = {}, errorOnBackoffTimeout = false }: NonNullable<PolicySpec['k8s']>,
  look: () => Promise<KubeObject>,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<string> {
  const { value: waits } = compileBackoff(backoff, []);
  for (let step = 1; ; step++) {
    const missing = missingFrom((await look()).metadata.labels, labels);
    if (missing === undefined) return 'it has the labels of the policy';
    if (step === waits.steps) {
      if (errorOnBackoffTimeout) throw tooLate(missing);
      return `it has not got its labels in time, which the policy allows: ${missing}`;
    }
    await clock.sleep(Math.ceil(waitAfter(step, waits.backoff)), signal);
  }
}

/** Which labels are not there yet; undefined when all are. */
function missingFrom(found: KubeObject['metadata']['labels'], wanted: Readonly<Record<string, string>>): string | undefined {
  if (!found) return 'it has no labels';
  const missing = Object.entries(wanted).filter(([name, value]) => found[name] !== value);
  if (missing.length === 0) return undefined;
  return missing
    .map(([name, value]) => `${name} is ${found[name] === undefined ? 'missing' : `"${found[name]}"`}, wanted "${value}"`)
    .join('; ');
}

const tooLate = (missing: string): EngineError =>
  new EngineError(
    'REMOTE_LABELS',
    { problem: 'failed to determine status of the triggered resource. setting trigger state as failed' },
    { hint: missing },
  );

/** What Argo says of a policy on a deletion: there is nothing to look at any more. It would be so the next time, too. */
export const nothingToLookAt = (): EngineError =>
  new EngineError(
    'REMOTE_LABELS',
    { problem: 'failed to interpret the trigger resource' },
    { retry: 'never', hint: 'after `delete` there is no object that could have labels: take `policy.k8s` out' },
  );
