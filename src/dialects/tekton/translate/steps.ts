import type { DialectWorld } from '../../dialect.ts';
import { compileInterceptors } from '../interceptors/compile.ts';
import type { Interceptor } from '../interceptors/interceptor.ts';
import { unasking } from '../interceptors/unasking.ts';
import type { InterceptorEntry } from '../kinds/interceptor-spec.ts';
import type { Rules } from './rules.ts';

interface Where {
  readonly listenerNamespace: string;
  /** That of the listener for a group. */
  readonly triggerNamespace: string;
}

/** Interceptors with the objects that they name, as far as those are there. */
export function compileSteps(
  entries: readonly InterceptorEntry[],
  where: Where,
  { rules, world: { sinkOf, leaveOut } }: { readonly rules: Rules; readonly world: DialectWorld },
): readonly Interceptor[] {
  const interceptorOf = (_: string, namespace: string, name: string) => rules.interceptor(namespace, name);
  const { interceptors } = compileInterceptors(entries, { ...where, interceptorOf, sinkOf });
  return leaveOut ? interceptors.map((one) => unasking(one, leaveOut)) : interceptors;
}
