import { GoError } from '../../../go/function.ts';
import type { GoValue } from '../../../go/values.ts';
import { isAssignable, type Type } from '../check/types.ts';
import type { Frame } from '../frame.ts';

export interface BuiltinFunction {
  /** The type of what it gives. Throws GoError for arguments that it can never take. */
  check(types: readonly Type[]): Type;
  /** Throws GoError. */
  call(args: readonly GoValue[], frame: Frame): GoValue;
}

/** A function with one signature or several: types of the arguments, then that of the result. */
export function typed(name: string, signatures: readonly (readonly [...Type[], Type])[], call: BuiltinFunction['call']): BuiltinFunction {
  return {
    call,
    check(types) {
      let problem = '';
      for (const signature of signatures) {
        problem = misfit(name, signature.slice(0, -1), types);
        if (problem === '') return signature.at(-1)!;
      }
      throw new GoError(problem);
    },
  };
}

function misfit(name: string, wanted: readonly Type[], types: readonly Type[]): string {
  if (types.length > wanted.length) return `too many arguments to call ${name}`;
  if (types.length < wanted.length) return `not enough arguments to call ${name}`;
  const at = types.findIndex((type, index) => {
    if (type.kind === 'nil' || type.kind === 'any') return false;
    return !isAssignable(type, wanted[index]!) && !(type.kind === 'int' && wanted[index]!.kind === 'float');
  });
  return at < 0 ? '' : `cannot use ${types[at]!.name} as argument (type ${wanted[at]!.name}) to call ${name}`;
}

/** A function of as many arguments as `count` says, checked by what `check` asks of their types. */
export function checked(count: readonly number[], check: (...types: Type[]) => Type, call: BuiltinFunction['call']): BuiltinFunction {
  return {
    call,
    check(types) {
      if (!count.includes(types.length)) {
        throw new GoError(`invalid number of arguments (expected ${count.join(' or ')}, got ${types.length})`);
      }
      return check(...types);
    },
  };
}

/** Throws GoError unless the type is of one of the kinds, or nothing is known of it. */
export function demand(type: Type, kinds: readonly Type['kind'][], problem: string): void {
  if (type.kind !== 'any' && !kinds.includes(type.kind))
    throw new GoError(`${problem}${type.name}${problem.endsWith('(type ') ? ')' : ''}`);
}
