import type { DialectWorld } from '../../dialect.ts';
import type { Interceptor } from '../interceptors/interceptor.ts';
import type { InterceptorEntry } from '../kinds/interceptor-spec.ts';
import type { Rules } from './rules.ts';

export function compileSteps(
  entries: readonly InterceptorEntry[],
  _namespace: string,
  _own: string,
  _around: { rules: Rules; world: DialectWorld },
): Interceptor[] {
  return entries.map(() => {
    throw new Error('not yet');
  });
}
