import { print, printf, println } from '../../go/format/index.ts';
import { fn, type GoFunction, variadic } from '../../go/function.ts';
import { isTrue } from '../../go/values.ts';
import { comparisons } from './comparisons.ts';
import { elements } from './elements.ts';
import { escapes } from './escapes.ts';

/** The functions that Go's templates have of themselves; `and`, `or` and `call` are part of the language (see `compile/calls.ts`). */
export const builtins: Readonly<Record<string, GoFunction>> = {
  ...comparisons,
  ...elements,
  ...escapes,
  not: fn(['any'], ([value]) => !isTrue(value)),
  print: variadic([], 'any', (values, spend) => print(values, spend)),
  printf: variadic(['string'], 'any', ([format, ...values], spend) => printf(format, values, spend)),
  println: variadic([], 'any', (values, spend) => println(values, spend)),
};
