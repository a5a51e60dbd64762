import { fn, GoError, type GoFunction, variadic } from '../../go/function.ts';
import { isTrue } from '../../go/values.ts';

export const defaults: Readonly<Record<string, GoFunction>> = {
  default: variadic(['any'], 'any', ([fallback, given]) => (isTrue(given) ? given : fallback)),
  empty: fn(['any'], ([value]) => !isTrue(value)),
  coalesce: variadic([], 'any', (values) => values.find(isTrue) ?? null),
  all: variadic([], 'any', (values) => values.every(isTrue)),
  any: variadic([], 'any', (values) => values.some(isTrue)),
  ternary: fn(['any', 'any', 'bool'], ([yes, no, which]) => (which ? yes : no)),
  fail: fn(['string'], ([problem]) => {
    throw new GoError(problem);
  }),
};
