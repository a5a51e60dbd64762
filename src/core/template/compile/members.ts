import { argument, typeAt, wrongCount } from '../../go/arguments.ts';
import { GoError } from '../../go/function.ts';
import { type GoValue, isMap, member, Struct, typeName } from '../../go/values.ts';
import type { Run } from '../run.ts';
import { invoke } from './calls.ts';
import { type Expression, failed } from './code.ts';

/** `.name` of a value: no value where there is nothing, but an error where something is no map. */
export function readMember(receiver: GoValue, name: string, offset: number, run: Run): GoValue {
  if (receiver === undefined) return undefined;
  if (isMap(receiver)) return member(receiver, name);
  if (receiver === null) throw failed(`nil pointer evaluating interface {}.${name}`, offset);
  if (receiver instanceof Struct) return callMethod(receiver, name, [], offset, run);
  throw failed(`can't evaluate field ${name} in type ${typeName(receiver)}`, offset);
}

/** `.name x y`: only a method has arguments. */
export function compileMember(
  of: Expression,
  name: string,
  given: readonly Expression[],
  previous: Expression | undefined,
  offset: number,
): Expression {
  return (frame, dot) => {
    const last = previous ? [previous(frame, dot)] : [];
    const receiver = of(frame, dot);
    if (!(receiver instanceof Struct)) {
      const value = readMember(receiver, name, offset, frame.run);
      if (receiver === undefined) return value;
      throw failed(`${name} is not a method but has arguments`, offset);
    }
    const values = given.map((one) => one(frame, dot));
    return callMethod(receiver, name, [...values, ...last], offset, frame.run);
  };
}

function callMethod(receiver: Struct, name: string, values: readonly GoValue[], offset: number, run: Run): GoValue {
  const method = receiver.method(name);
  if (!method) throw failed(`can't evaluate field ${name} in type ${receiver.type}`, offset);
  const wrong = wrongCount(name, method, values.length);
  if (wrong) throw failed(wrong, offset);
  try {
    const given = values.map((value, index) => argument(value, typeAt(method, index)!) as GoValue);
    return invoke({ name, offset }, method, given, run);
  } catch (thrown) {
    throw thrown instanceof GoError ? failed(thrown.message, offset, thrown) : thrown;
  }
}
