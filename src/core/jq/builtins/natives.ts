import { collections } from './collections.ts';
import { dates } from './dates.ts';
import { math } from './math.ts';
import type { Native } from './native.ts';
import { ordering } from './order.ts';
import { strings } from './strings.ts';

/** The built-ins that are functions of values, by `name/arity`. */
export const natives: ReadonlyMap<string, Native> = new Map(Object.entries({ ...strings, ...collections, ...ordering, ...math, ...dates }));
