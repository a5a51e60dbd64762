import { argument, typeAt, wrongCount } from '../../../go/arguments.ts';
import { copied } from '../../../go/copied.ts';
import { GoError, type GoFunction } from '../../../go/function.ts';
import { type GoValue, typeName } from '../../../go/values.ts';
import type { Call } from '../ast.ts';
import type { Code, Frame } from '../frame.ts';
import { FunctionValue } from '../values/any-map.ts';
import { compile } from './compile.ts';
import { skipped } from './member.ts';
import type { Scope } from './scope.ts';

/** A call of a function of the environment, of a method, or of a function that a variable holds. */
export function compileCall({ callee, args, at }: Call, scope: Scope): Code {
  const codes = args.map((arg) => compile(arg, scope));
  const known = knownFunction(callee, scope);
  if (known) return (frame) => called(known.name, known.definition, codes, frame, at);
  const code = compile(callee, scope);
  return (frame) => {
    const value = code(frame);
    if (value === skipped) return skipped;
    if (value instanceof FunctionValue) return called('function', value.function, codes, frame, at);
    for (const one of codes) one(frame);
    frame.at = at;
    throw new GoError(`reflect: call of reflect.Value.Call on ${value === null ? 'zero' : typeName(value)} Value`);
  };
}

function knownFunction(callee: Call['callee'], scope: Scope): { name: string; definition: GoFunction } | undefined {
  const name = functionName(callee);
  if (name === undefined || scope.variable(name.split('.')[0]!) !== undefined) return undefined;
  const definition = scope.functions.get(name);
  return definition && { name, definition };
}

/** `f`, and `sprig.f`. */
function functionName(callee: Call['callee']): string | undefined {
  if (callee.kind === 'name') return callee.name;
  if (callee.kind !== 'member' || callee.object.kind !== 'name' || callee.property.kind !== 'literal') return undefined;
  return `${callee.object.name}.${callee.property.value}`;
}

function called(name: string, definition: GoFunction, codes: readonly Code[], frame: Frame, at: number): GoValue {
  const values = codes.map((code) => code(frame));
  frame.at = at;
  const problem = wrongCount(name, definition, values.length);
  if (problem !== undefined) throw new GoError(problem);
  const given = values.map((value, index) => {
    const taken = argument(value ?? null, typeAt(definition, index)!);
    return definition.changesArguments ? copied(taken, frame.run) : taken;
  });
  frame.run.steps(1);
  return definition.call(given as never[], frame.run) ?? null;
}
