import type { KeySelector } from '../../src/core/access/selectors.ts';
import { fromUnknown } from '../../src/core/errors/from-unknown.ts';
import { Refusal } from '../../src/core/http/call.ts';
import type { EventSourceContext } from '../event-source.ts';

/** Milliseconds for which a value is taken as it was. */
const freshFor = 10_000;

/**
 * The value of a Secret for calls that may come by the thousand: read when it is first asked for, and again when it is older than 10 s,
 * so that a changed one counts soon. While the API server is away the last value goes on counting. Otherwise what cannot be read, or is
 * empty, is a Refusal (500): nobody is let in by a secret that is not there.
 */
export function keepSecret(selector: KeySelector, { secrets, signal, clock }: EventSourceContext): () => Promise<string> {
  let kept: { readonly value: string; readonly since: number } | undefined;
  let asking: Promise<string> | undefined;
  const ask = async (): Promise<string> => {
    const since = clock.monotonic();
    const value = await secrets.secret(selector, signal);
    kept = value === '' ? undefined : { value, since };
    return value;
  };
  return async () => {
    if (kept && clock.monotonic() - kept.since < freshFor) return kept.value;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    try {
      const value = await asking;
      if (value !== '') return value;
    } catch (thrown) {
      if (kept && fromUnknown(thrown).code === 'UNREACHABLE_KUBE') return kept.value;
      throw new Refusal(500, 'Error loading auth token', undefined, thrown);
    }
    throw new Refusal(500, 'Error loading auth token');
  };
}
