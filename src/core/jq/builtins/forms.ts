import type { Code } from '../compile/code.ts';
import type { Scope } from '../compile/scope.ts';
import type { Node } from '../syntax/ast.ts';

export type Form = (args: readonly Node[], scope: Scope, at: number) => Code;
export const forms: ReadonlyMap<string, Form> = new Map();
