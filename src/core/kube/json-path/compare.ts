import { byBytes } from '../../json/by-bytes.ts';
import type { Json } from '../../json/json.ts';
import { PathError } from './nodes.ts';

export interface Operand {
  readonly value: Json;
  /** Written as an integer in the path. Numbers of JSON never are integers, so that nothing compares with it but another one. */
  readonly isInteger: boolean;
}

/** Throws PathError for operands that cannot be compared. */
export function compares(operator: string, one: Operand, other: Operand): boolean {
  const [kind, otherKind] = [kindOf(one), kindOf(other)];
  if (kind !== otherKind) throw new PathError(`${named[kind]} cannot be compared with ${named[otherKind]}${hint(kind, otherKind)}`);
  if (operator === '==') return order(one.value, other.value) === 0;
  if (operator === '!=') return order(one.value, other.value) !== 0;
  if (!Object.hasOwn(orders, operator)) throw new PathError(`there is no operator "${operator}"`);
  if (kind === 'boolean') throw new PathError('true and false have no order');
  return orders[operator]!(order(one.value, other.value));
}

const orders: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

const named = { text: 'a text', boolean: 'true or false', integer: 'an integer', number: 'a number' } as const;

function kindOf({ value, isInteger }: Operand): keyof typeof named {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number' || typeof value === 'bigint') return isInteger ? 'integer' : 'number';
  throw new PathError(`${value === null ? 'null' : Array.isArray(value) ? 'a list' : 'an object'} cannot be compared`);
}

const hint = (...kinds: readonly string[]): string => (kinds.includes('integer') && kinds.includes('number') ? ': write 2.0 for 2' : '');

function order(one: Json, other: Json): number {
  if (typeof one === 'string') return byBytes(one, other as string);
  return Number(one) - Number(other);
}
