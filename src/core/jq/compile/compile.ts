import type { Node } from '../syntax/ast.ts';
import { compileAlternative, compileComma, compileIf, compileLogic, compilePipe } from './basics.ts';
import { compileBind } from './bind.ts';
import { compileCall } from './calls.ts';
import { type Code, constant, identity } from './code.ts';
import { compileArray, compileFormat, compileObject, compileText } from './construct.ts';
import { compileFold } from './fold.ts';
import { compileDefine } from './functions.ts';
import { compileBreak, compileLabel, compileTry } from './leave.ts';
import { compileIndex, compileIterate, compileSlice } from './navigate.ts';
import { noting } from './noting.ts';
import { compileBinary, compileSign } from './operators.ts';
import type { Scope } from './scope.ts';
import { compileAssign, compileModify, compileOperate } from './update.ts';
import { compileVariable } from './variables.ts';

/**
 * A tree as closures. `tail` says that the result of this node is the result of the function around it, so that a recursive call here
 * may be left to the function's caller and costs no stack. Throws CONFIG_JQ for a name that is not defined.
 */
export function compile(node: Node, scope: Scope, tail = false): Code {
  if (tail) return placed(compileKind(node, scope, true), node, scope);
  const known = scope.compiled.get(node);
  if (known) return known;
  const code = placed(compileKind(node, scope, false), node, scope);
  scope.compiled.set(node, code);
  return code;
}

function placed(code: Code, node: Node, { program: { places } }: Scope): Code {
  return places && code !== identity ? noting(code, node.at, places) : code;
}

function compileKind(node: Node, scope: Scope, tail: boolean): Code {
  switch (node.kind) {
    case 'identity':
      return identity;
    case 'literal':
      return constant(node.value);
    case 'index':
      return compileIndex(node, scope);
    case 'slice':
      return compileSlice(node, scope);
    case 'iterate':
      return compileIterate(compile(node.of, scope));
    case 'try':
      return compileTry(node, scope);
    case 'pipe':
      return compilePipe(node, scope, tail);
    case 'comma':
      return compileComma(node, scope, tail);
    case 'binary':
      return compileBinary(node, scope);
    case 'and':
    case 'or':
      return compileLogic(node, scope);
    case 'alternative':
      return compileAlternative(node, scope, tail);
    case 'assign':
      return compileAssign(node, scope);
    case 'modify':
      return compileModify(compile(node.right, scope), node.left, scope);
    case 'operate':
      return compileOperate(node, scope);
    case 'sign':
      return compileSign(node, scope);
    case 'bind':
      return compileBind(node, scope, tail);
    case 'reduce':
    case 'foreach':
      return compileFold(node, scope);
    case 'if':
      return compileIf(node, scope, tail);
    case 'label':
      return compileLabel(node, scope);
    case 'break':
      return compileBreak(node, scope);
    case 'define':
      return compileDefine(node, scope, tail);
    case 'call':
      return compileCall(node, scope, tail);
    case 'variable':
      return compileVariable(node, scope);
    case 'array':
      return compileArray(node, scope);
    case 'object':
      return compileObject(node, scope);
    case 'text':
      return compileText(node, scope);
    case 'format':
      return compileFormat(node);
  }
}

/** A node of one kind, for the functions that compile that kind. */
export type Of<Kind extends Node['kind']> = Extract<Node, { readonly kind: Kind }>;
