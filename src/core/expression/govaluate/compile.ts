import type { Json, JsonObject } from '../../json/json.ts';
import type { Run } from '../limits.ts';
import { failed } from '../refuse.ts';
import { regexAt } from '../regex-at.ts';
import { binary, equal, matches, type Operation, prefix, unusable } from './operations.ts';
import type { Node } from './parse.ts';

/** A part of the expression, ready to run. */
type Code = (vars: JsonObject, run: Run) => Json;

const nil: Code = () => null;

/** Throws CONFIG_REGEX for a pattern in the text that is none. */
export function compile(node: Node | undefined): Code {
  switch (node?.kind) {
    case undefined:
      return nil;
    case 'literal': {
      const { value } = node;
      return () => value;
    }
    case 'variable':
      return variable(node.name, node.at);
    case 'accessor':
      return accessor(node);
    case 'prefix':
      return applied(prefix(node.sign, node.at), nil, compile(node.operand));
    case 'binary':
      return infix(node);
  }
}

function variable(name: string, at: number): Code {
  return (vars) => {
    if (Object.hasOwn(vars, name)) return vars[name]!;
    throw failed(`No parameter '${name}' found.`, at);
  };
}

/** Fields and methods of Go structs: no event has any, so this always fails, once it is reached. */
function accessor({ text, argument, at }: Node & { kind: 'accessor' }): Code {
  const [first = '', second] = text.split('.');
  const object = variable(first, at);
  const right = compile(argument);
  return (vars, run) => {
    right(vars, run);
    object(vars, run);
    throw failed(`Unable to access '${second}', '${first}' is not a struct`, at);
  };
}

function infix({ sign, left: leftNode, right: rightNode, at }: Node & { kind: 'binary' }): Code {
  const left = compile(leftNode);
  const literal = rightNode?.kind === 'literal' ? rightNode.value : undefined;
  if ((sign === '=~' || sign === '!~') && typeof literal === 'string') {
    return applied(matches(sign, regexAt(literal, rightNode!.at), at), left, nil);
  }
  const right = compile(rightNode);
  switch (sign) {
    case '&&':
      return logical(sign, true, left, right, at);
    case '||':
      return logical(sign, false, left, right, at);
    case '?':
      return (vars, run) => {
        const condition = left(vars, run);
        if (condition === false) return null;
        const value = right(vars, run);
        return bool(condition, 'the ternary operator', '?', run, at) && value;
      };
    case ':':
    case '??':
      return (vars, run) => left(vars, run) ?? right(vars, run);
    case '==':
      return literal === undefined ? applied(binary(sign, at), left, right) : (vars, run) => equal(left(vars, run), literal);
    case '!=':
      return literal === undefined ? applied(binary(sign, at), left, right) : (vars, run) => !equal(left(vars, run), literal);
  }
  return applied(binary(sign, at), left, right);
}

const applied =
  (operation: Operation, left: Code, right: Code): Code =>
  (vars, run) =>
    operation(left(vars, run), right(vars, run), run);

/** `goesOn` is the left value for which the right one is looked at; both must be boolean then. */
function logical(sign: string, goesOn: boolean, left: Code, right: Code, at: number): Code {
  return (vars, run) => {
    const first = left(vars, run);
    if (first === !goesOn) return first;
    const second = right(vars, run);
    bool(first, 'the logical operator', sign, run, at);
    return bool(second, 'the logical operator', sign, run, at);
  };
}

function bool(value: Json, role: string, sign: string, run: Run, at: number): boolean {
  if (typeof value === 'boolean') return value;
  throw failed(unusable(value, role, sign, ', it is not a bool', run), at);
}
