import { deepEqual } from '../../go/deep-equal.ts';
import { fn, type GoFunction } from '../../go/function.ts';
import { kindName, typeName } from '../../go/values.ts';

export const types: Readonly<Record<string, GoFunction>> = {
  typeOf: fn(['any'], ([value]) => typeName(value)),
  typeIs: fn(['string', 'any'], ([type, value]) => typeName(value) === type),
  typeIsLike: fn(['string', 'any'], ([type, value]) => typeName(value) === type || typeName(value) === `*${type}`),
  kindOf: fn(['any'], ([value]) => kindName(value)),
  kindIs: fn(['string', 'any'], ([kind, value]) => kindName(value) === kind),
  deepEqual: fn(['any', 'any'], ([a, b], spend) => deepEqual(a, b, spend)),
};
