import { dyn, list, map, type Signature, type Type } from './type.ts';

type Letters = Map<string, Type>;

/**
 * The type that a function gives for arguments of these types; undefined where no signature takes them. Where several do, because a type
 * is not known before the event is there, it is theirs if they agree.
 */
export function resultOf(signatures: readonly Signature[], args: readonly Type[]): Type | undefined {
  let result: Type | undefined;
  for (const { takes, gives } of signatures) {
    if (takes.length !== args.length) continue;
    const letters: Letters = new Map();
    if (!takes.every((wanted, index) => fits(args[index]!, wanted, letters))) continue;
    const type = filled(gives, letters);
    if (result && !same(result, type)) return dyn;
    result = type;
  }
  return result;
}

/** Null stands where a time or a duration is wanted, as in cel-go. */
function fits(given: Type, wanted: Type, letters: Letters): boolean {
  if (wanted.is === 'letter') {
    const known = letters.get(wanted.name);
    if (!known) {
      letters.set(wanted.name, given);
      return true;
    }
    if (fits(given, known, letters)) return true;
    if (!fits(known, given, letters)) return false;
    letters.set(wanted.name, given);
    return true;
  }
  if (given.is === 'dyn' || wanted.is === 'dyn') return true;
  if (given.is === 'null_type') return wanted.is === 'null_type' || wanted.is === 'timestamp' || wanted.is === 'duration';
  if (wanted.is === 'null_type' && (given.is === 'timestamp' || given.is === 'duration')) return true;
  if (given.is === 'list' && wanted.is === 'list') return fits(given.of, wanted.of, letters);
  if (given.is === 'map' && wanted.is === 'map') return fits(given.key, wanted.key, letters) && fits(given.value, wanted.value, letters);
  return given.is === wanted.is;
}

function filled(type: Type, letters: Letters): Type {
  if (type.is === 'letter') return letters.get(type.name) ?? dyn;
  if (type.is === 'list') return list(filled(type.of, letters));
  return type.is === 'map' ? map(filled(type.key, letters), filled(type.value, letters)) : type;
}

/** The type of all of them, or `dyn`. */
export function common(types: readonly Type[]): Type {
  const [first, ...rest] = types;
  return first && rest.every((type) => same(first, type)) ? first : dyn;
}

function same(a: Type, b: Type): boolean {
  if (a.is === 'list') return b.is === 'list' && same(a.of, b.of);
  if (a.is === 'map') return b.is === 'map' && same(a.key, b.key) && same(a.value, b.value);
  return a.is === b.is;
}
