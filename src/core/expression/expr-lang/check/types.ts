/**
 * What is known of a value before the expression runs. The payload is `any`; only what the expression itself makes is known, and that is
 * enough to refuse `1 + "a"` when the rule is loaded.
 */
export interface Type {
  /** Go's kind, durations being ints. */
  readonly kind: 'any' | 'nil' | 'bool' | 'int' | 'float' | 'string' | 'struct' | 'array' | 'map' | 'func';
  /** As Go prints the type. */
  readonly name: string;
  /** Of arrays and maps. */
  readonly element?: Type;
  readonly key?: Type;
  /** Of an array literal whose elements are all of one type. */
  readonly literalElement?: Type;
  /** Of what a predicate gives: functions have no other types. */
  readonly result?: Type;
}

export const any: Type = { kind: 'any', name: 'interface {}' };
export const nil: Type = { kind: 'nil', name: '<nil>' };
export const bool: Type = { kind: 'bool', name: 'bool' };
export const integer: Type = { kind: 'int', name: 'int' };
export const float: Type = { kind: 'float', name: 'float64' };
export const string: Type = { kind: 'string', name: 'string' };
export const time: Type = { kind: 'struct', name: 'time.Time' };
export const duration: Type = { kind: 'int', name: 'time.Duration' };
export const func: Type = { kind: 'func', name: 'func(...interface {}) (interface {}, error)' };

export const arrayOf = (element: Type): Type => ({ kind: 'array', name: `[]${element.name}`, element });

export const array = arrayOf(any);
export const map: Type = { kind: 'map', name: 'map[string]interface {}', key: string, element: any };
export const anyMap: Type = { kind: 'map', name: 'map[interface {}]interface {}', key: any, element: any };
export const groups: Type = { kind: 'map', name: 'map[interface {}][]interface {}', key: any, element: array };

export const isNumber = ({ kind }: Type): boolean => kind === 'int' || kind === 'float';

/** Whether `==` between them can be anything but a mistake. */
export function isComparable(a: Type, b: Type): boolean {
  if (a.kind === b.kind || a.kind === 'any' || b.kind === 'any' || a.kind === 'nil' || b.kind === 'nil') return true;
  return isNumber(a) && isNumber(b);
}

/** Whether Go would take a value of the first type for one of the second without asking. */
export const isAssignable = (from: Type, to: Type): boolean => to.kind === 'any' || from.name === to.name;

/** Both satisfy, or one does while nothing is known of the other, or nothing is known of both. */
export function either(a: Type, b: Type, ...fits: readonly ((type: Type) => boolean)[]): boolean {
  const fitting = (type: Type): boolean => fits.some((fit) => fit(type));
  if (a.kind === 'any') return b.kind === 'any' || fitting(b);
  return b.kind === 'any' && fitting(a);
}

/** Of a sum of numbers. */
export function combined(a: Type, b: Type): Type {
  if (a.kind === b.kind) return a;
  return a.kind === 'float' || b.kind === 'float' ? float : integer;
}
