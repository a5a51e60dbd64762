import type { DialectWorld } from '../../dialect.ts';
import { compileInterceptors } from '../interceptors/compile.ts';
import type { Interceptor } from '../interceptors/interceptor.ts';
import type { InterceptorEntry } from '../kinds/interceptor-spec.ts';
import type { Rules } from './rules.ts';

interface Where {
  readonly listenerNamespace: string;
  /** That of the listener for a group. */
  readonly triggerNamespace: string;
}

/** Interceptors with the objects that they name, as far as those are there. */
export const compileSteps = (
  entries: readonly InterceptorEntry[],
  where: Where,
  { rules, world }: { readonly rules: Rules; readonly world: DialectWorld },
): readonly Interceptor[] =>
  compileInterceptors(entries, {
    ...where,
    interceptorOf: (_, namespace, name) => rules.interceptor(namespace, name),
    sinkOf: world.sinkOf,
  }).interceptors;
