import type { Finding } from '../../../../core/errors/finding.ts';
import type { Interceptor } from '../interceptor.ts';

/** One of the things that the interceptor does behind the signature. */
export interface Step extends Pick<Interceptor, 'decide' | 'ask'> {
  readonly findings: readonly Finding[];
}
