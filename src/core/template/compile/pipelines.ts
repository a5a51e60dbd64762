import { closest } from '../../errors/closest.ts';
import type { GoValue } from '../../go/values.ts';
import type { Command, Operand, Pipe } from '../syntax/ast.ts';
import { refuse } from '../syntax/refuse.ts';
import { compileAnd, compileCall, compileCallee, compileOr } from './calls.ts';
import { type Expression, failed } from './code.ts';
import { ideal } from './literals.ts';
import { compileMember, readMember } from './members.ts';
import type { Scope } from './scope.ts';

/** The value of the last command. A nil inside an interface, such as a null of JSON, becomes no value, as in Go. */
export function compilePipe({ variables, assigns, commands }: Pipe, scope: Scope): Expression {
  let value: Expression | undefined;
  for (const command of commands) value = unwrapped(compileCommand(command, value, scope));
  const result = value!;
  if (variables.length === 0) return result;
  const places = variables.map((name) => (assigns ? scope.find(name)! : scope.declare(name)));
  return (frame, dot) => {
    const given = result(frame, dot);
    for (const place of places) frame.variables[place] = given;
    return given;
  };
}

const unwrapped =
  (value: Expression): Expression =>
  (frame, dot) =>
    value(frame, dot) ?? undefined;

function compileCommand({ operands, offset }: Command, previous: Expression | undefined, scope: Scope): Expression {
  const [first, ...rest] = operands;
  switch (first.kind) {
    case 'function':
      return compileFunction(first, rest, previous, scope);
    case 'field':
    case 'variable':
    case 'chain':
      if (rest.length === 0 && !previous) return compileOperand(first, scope);
      return withArguments(first, rest, previous, scope);
    default:
      if (rest.length > 0 || previous) throw refuse('only a function can have arguments', offset);
      if (first.kind === 'nil') return () => fail('nil is not a command', offset);
      return compileOperand(first, scope);
  }
}

const fail = (problem: string, offset: number): never => {
  throw failed(problem, offset);
};

function compileFunction(
  { name, offset }: Operand & { kind: 'function' },
  operands: readonly Operand[],
  previous: Expression | undefined,
  scope: Scope,
): Expression {
  if (name === 'and') return compileAnd(offset, operands, previous, scope);
  if (name === 'or') return compileOr(offset, operands, previous, scope);
  if (name === 'call') return compileCallee(offset, operands, previous, scope);
  const { functions, refused } = scope.shared;
  const known = functions.get(name);
  if (known) return compileCall({ name, offset }, known, operands, previous, scope);
  const because = refused.get(name);
  if (because) throw refuse(`the function ${name} is not here: ${because}`, offset);
  const near = closest(name, functions.keys());
  throw refuse(`function "${name}" not defined`, offset, near && `did you mean "${near}"?`);
}

/** A value that stands alone: as an argument, or as a whole command. */
export function compileOperand(operand: Operand, scope: Scope): Expression {
  const { offset } = operand;
  switch (operand.kind) {
    case 'dot':
      return (_frame, dot) => dot;
    case 'nil':
      return () => null;
    case 'string':
    case 'bool':
    case 'number': {
      const value = ideal(operand);
      return () => value;
    }
    case 'field':
      return members((_frame, dot) => dot, operand.names, offset);
    case 'variable':
      return members(variable(operand.name, offset, scope), operand.names, offset);
    case 'chain':
      if (operand.of.kind === 'nil') throw refuse('nothing can be read from nil', offset);
      return members(compileOperand(operand.of, scope), operand.names, offset);
    case 'pipe':
      return compilePipe(operand, scope);
    case 'function':
      return compileFunction(operand, [], undefined, scope);
  }
}

function variable(name: string, offset: number, scope: Scope): Expression {
  const place = scope.find(name);
  if (place === undefined) throw refuse(`the variable ${name} is used in its own declaration`, offset);
  return ({ variables }) => variables[place];
}

function members(of: Expression, names: readonly string[], offset: number): Expression {
  if (names.length === 0) return of;
  const [only, second] = names as [string, string?];
  if (second === undefined) return (frame, dot) => readMember(of(frame, dot), only, offset, frame.run);
  return (frame, dot) => {
    let value: GoValue = of(frame, dot);
    for (const name of names) value = readMember(value, name, offset, frame.run);
    return value;
  };
}

/** `.a.Method x`: the last name gets the arguments. */
function withArguments(
  operand: Operand & { kind: 'field' | 'variable' | 'chain' },
  rest: readonly Operand[],
  previous: Expression | undefined,
  scope: Scope,
): Expression {
  const names = operand.names.slice(0, -1);
  const last = operand.names.at(-1);
  if (last === undefined) throw refuse('only a function can have arguments', operand.offset);
  const receiver = compileOperand({ ...operand, names }, scope);
  const given = rest.map((one) => compileOperand(one, scope));
  return compileMember(receiver, last, given, previous, operand.offset);
}
