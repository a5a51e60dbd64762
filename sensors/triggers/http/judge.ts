import type { Retry } from '../../../src/core/errors/codes.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { HttpAnswer } from '../../../src/core/http/client.ts';
import { retryAfter } from '../../../src/core/http/retry-after.ts';
import type { PolicySpec } from '../policy-spec.ts';

/** Too early, too many, too slow: said by a target that may well take it later. */
const later = (status: number): boolean => [408, 425, 429].includes(status) || status >= 500;

/** Why an answer is a failure; undefined for a success. A list of statuses that the author gave decides alone. */
export function failureOf(
  request: string,
  { status, header, text }: Pick<HttpAnswer, 'status' | 'header' | 'text'>,
  policy: PolicySpec | undefined,
  now: number,
): EngineError | undefined {
  const after = retryAfter(header('retry-after'), now);
  const retry: Retry = after === undefined ? 'backoff' : { after };
  const allow = policy?.status?.allow;
  if (allow) return allow.includes(status) ? undefined : new EngineError('REMOTE_POLICY', { status }, { retry });
  if (status < 400) return undefined;
  return new EngineError('REMOTE_HTTP', { request, status, text: excerptOf(text) }, { retry: later(status) ? retry : 'never' });
}

const excerptOf = (text: string | undefined): string => {
  const line = (text ?? '').replace(/\s+/g, ' ').trim();
  return line === '' ? '' : `: ${line.length > 200 ? `${line.slice(0, 200)}…` : line}`;
};
