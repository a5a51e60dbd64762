import { emptyMap, type GoValue } from '../../../go/values.ts';
import type { Node } from '../ast.ts';
import type { Code } from '../frame.ts';
import { fetch, isNil } from '../values/access.ts';
import { compile } from './compile.ts';
import type { Scope } from './scope.ts';

/** What a `?.` on nil gives: what stands behind it in the same chain is left out, and the chain as a whole is nil. */
export const skipped: GoValue = Object.freeze(emptyMap());

export function compileMember({ object, property, optional, at }: Node & { kind: 'member' }, scope: Scope): Code {
  const from = compile(object, scope);
  if (property.kind === 'literal' && typeof property.value === 'string') return named(from, property.value, optional, at);
  const key = compile(property, scope);
  return (frame) => {
    const value = from(frame);
    if (value === skipped) return skipped;
    const wanted = key(frame);
    frame.at = at;
    return fetch(value, wanted);
  };
}

function named(from: Code, key: string, optional: boolean, at: number): Code {
  return (frame) => {
    const value = from(frame);
    if (value === skipped || (optional && isNil(value))) return skipped;
    frame.at = at;
    return fetch(value, key);
  };
}
