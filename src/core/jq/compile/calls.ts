import { closest } from '../../errors/closest.ts';
import { forms } from '../builtins/forms.ts';
import { natives } from '../builtins/natives.ts';
import { prelude } from '../builtins/prelude.ts';
import type { Node } from '../syntax/ast.ts';
import { parseDefinition } from '../syntax/parse.ts';
import { refuse } from '../syntax/refuse.ts';
import type { Code } from './code.ts';
import type { Of } from './compile.ts';
import { compileFunctionCall, compileParameter, defineFunction } from './functions.ts';
import { compileNative } from './native.ts';
import { type FunctionEntry, Scope } from './scope.ts';

/** `name(…)`: the program's own functions first, then the built-in ones. */
export function compileCall(node: Of<'call'>, scope: Scope, tail: boolean): Code {
  const { name, args, at } = node;
  const own = scope.findFunction(name, args.length);
  if (own) return 'up' in own ? compileParameter(own.up) : compileFunctionCall(own, args, scope, tail);
  const signature = `${name}/${args.length}`;
  const form = forms.get(signature);
  if (form) return form(args, scope, at);
  const native = natives.get(signature);
  if (native) return compileNative(native, args, scope);
  const builtin = preludeEntry(signature, scope);
  if (builtin) return compileFunctionCall(builtin, args, scope, tail);
  throw refuse(`function \`${signature}\` is not defined`, at, hintFor(name, args.length, scope));
}

/** A call of a built-in that is written in jq. */
export const preludeCall = (signature: string, args: readonly Node[], scope: Scope): Code =>
  compileFunctionCall(preludeEntry(signature, scope)!, args, scope, false);

/** A built-in that is written in jq, compiled when a program first uses it. It sees no name of the program, and has no place in it. */
function preludeEntry(signature: string, scope: Scope): FunctionEntry | undefined {
  const { builtins } = scope.program;
  const known = builtins.get(signature);
  if (known) return known;
  const text = prelude.get(signature);
  if (text === undefined) return undefined;
  const entry = defineFunction(parseDefinition(text), Scope.start({ ...scope.program, places: undefined }));
  builtins.set(signature, entry);
  return entry;
}

/** `name/arity` of all that is built in and not private. */
export const builtinNames = (): string[] =>
  [...forms.keys(), ...natives.keys(), ...prelude.keys()].filter((signature) => !signature.startsWith('_')).sort();

function hintFor(name: string, arity: number, scope: Scope): string | undefined {
  const known = [...scope.functions(), ...builtinNames()];
  const arities = known.filter((one) => one.startsWith(`${name}/`)).map((one) => one.slice(name.length + 1));
  if (arities.length > 0) {
    const takes = [...new Set(arities)].sort();
    return `\`${name}\` takes ${takes.join(' or ')} argument${takes.at(-1) === '1' ? '' : 's'}, not ${arity}`;
  }
  // A short name is near to everything; at least its beginning has to be right.
  const candidates = known.map((one) => one.slice(0, one.indexOf('/'))).filter((one) => one[0] === name[0]);
  const near = closest(name, candidates);
  return near === undefined ? undefined : `did you mean \`${near}\`?`;
}
