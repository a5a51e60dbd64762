import { collectionFunctions } from './collections.ts';
import { conversions } from './conversions.ts';
import { type Functions, functionsOf, type Overload } from './function.ts';
import { mathFunctions } from './math.ts';
import { operators } from './operators.ts';
import { stringFunctions } from './strings.ts';
import { timeFunctions } from './time.ts';

/** The functions of every program: those of the language, and the libraries strings, encoders, sets, lists and math. */
export const standard: readonly Overload[] = [
  ...operators,
  ...conversions,
  ...stringFunctions,
  ...timeFunctions,
  ...collectionFunctions,
  ...mathFunctions,
];

/** With others beside them. */
export const withStandard = (others: readonly Overload[]): Functions => functionsOf([...standard, ...others]);
