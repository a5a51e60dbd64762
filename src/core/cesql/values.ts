/** What an expression gives. Integers have 32 bits. */
export type Value = string | number | boolean;

/** Why it gives nothing, in words that follow "CESQL: ". It goes through every operator; only a side that is not looked at does not matter. */
export class Failure {
  readonly because: string;

  constructor(because: string) {
    this.because = because;
  }
}

export type Result = Value | Failure;

export const toText = (value: Value): string => (typeof value === 'string' ? value : String(value));

export function toInteger(value: Value): number | Failure {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const number = /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN;
  return number === (number | 0) ? number : new Failure(`${JSON.stringify(value)} is no integer`);
}

export function toBoolean(value: Value): boolean | Failure {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  const text = value.toLowerCase();
  return text === 'true' || (text === 'false' ? false : new Failure(`${JSON.stringify(value)} is neither true nor false`));
}

/** A value as the type of another. */
export const toTypeOf = (value: Value, other: Value): Result =>
  typeof other === 'string' ? toText(value) : typeof other === 'number' ? toInteger(value) : toBoolean(value);
