import { closest } from '../../errors/closest.ts';
import { printed } from '../../go/format/index.ts';
import { GoError } from '../../go/function.ts';
import { type GoMap, type GoValue, Int, int, isList, isMap, isTrue, type Struct } from '../../go/values.ts';
import type { JsonObject } from '../../json/json.ts';
import { sortedKeys } from '../../json/sorted-keys.ts';
import type { Frame } from '../run.ts';
import type { Branch, Call, Node, Range } from '../syntax/ast.ts';
import { refuse } from '../syntax/refuse.ts';
import { BREAK, CONTINUE, type Expression, failed, NEXT, type Statement } from './code.ts';
import { compilePipe } from './pipelines.ts';
import type { Scope } from './scope.ts';

export function compileList(nodes: readonly Node[], scope: Scope): Statement {
  const statements = nodes.map((node) => compileNode(node, scope));
  const [only, ...more] = statements;
  if (!only) return () => NEXT;
  if (more.length === 0) return only;
  return (frame, dot) => {
    for (const statement of statements) {
      const flow = statement(frame, dot);
      if (flow !== NEXT) return flow;
    }
    return NEXT;
  };
}

function compileNode(node: Node, scope: Scope): Statement {
  switch (node.kind) {
    case 'text':
      return text(node.text);
    case 'action': {
      const value = compilePipe(node.pipe, scope);
      return node.pipe.variables.length > 0 ? silent(value) : printing(value, node.pipe.offset);
    }
    case 'if':
    case 'with':
      return scope.inside(() => compileBranch(node, scope));
    case 'range':
      return scope.inside(() => compileRange(node, scope));
    case 'template':
      return compileCall(node, scope);
    case 'break':
      return () => BREAK;
    case 'continue':
      return () => CONTINUE;
  }
}

const text =
  (text: string): Statement =>
  ({ run }) => {
    run.write(text);
    return NEXT;
  };

const silent =
  (value: Expression): Statement =>
  (frame, dot) => {
    frame.run.steps(1);
    value(frame, dot);
    return NEXT;
  };

const printing =
  (value: Expression, offset: number): Statement =>
  (frame, dot) => {
    frame.run.steps(1);
    const result = value(frame, dot);
    frame.run.write(typeof result === 'string' ? result : textOf(result, frame, offset));
    return NEXT;
  };

function textOf(value: GoValue, { run }: Frame, offset: number): string {
  if (value === undefined) return '<no value>';
  try {
    return printed(value, run);
  } catch (thrown) {
    throw thrown instanceof GoError ? failed(thrown.message, offset, thrown) : thrown;
  }
}

function compileBranch({ kind, pipe, body, otherwise }: Branch, scope: Scope): Statement {
  const value = compilePipe(pipe, scope);
  const yes = scope.inside(() => compileList(body, scope));
  const no = scope.inside(() => compileList(otherwise, scope));
  return (frame, dot) => {
    frame.run.steps(1);
    const result = value(frame, dot);
    if (!isTrue(result)) return no(frame, dot);
    return yes(frame, kind === 'with' ? result : dot);
  };
}

function compileRange({ pipe, body, otherwise, offset }: Range, scope: Scope): Statement {
  const value = compilePipe(pipe, scope);
  const places = pipe.variables.map((name) => scope.find(name)!);
  const [elementPlace, indexPlace] = places.length > 1 ? [places[1], places[0]] : places;
  const turn = scope.inside(() => compileList(body, scope));
  const no = scope.inside(() => compileList(otherwise, scope));
  return (frame, dot) => {
    const over = value(frame, dot);
    let turns = 0;
    for (const [index, element] of turnsOf(over, places.length, offset)) {
      turns += 1;
      frame.run.steps(1);
      if (elementPlace !== undefined) frame.variables[elementPlace] = element;
      if (indexPlace !== undefined) frame.variables[indexPlace] = index;
      if (turn(frame, element) === BREAK) break;
    }
    return turns === 0 ? no(frame, dot) : NEXT;
  };
}

/** Index and element, or key and value in the order of the keys. */
function* turnsOf(over: GoValue, variables: number, offset: number): Iterable<readonly [GoValue, GoValue]> {
  if (over === undefined || over === null) return;
  if (isList(over)) for (let index = 0; index < over.length; index++) yield [int(index), over[index]];
  else if (isMap(over)) yield* membersOf(over);
  else if (over instanceof Int) {
    if (variables > 1) throw failed(`can't use ${over.value} to iterate over more than one variable`, offset);
    for (let value = 0n; value < over.value; value++) yield [undefined, new Int(value, over.type)];
  } else throw failed(`range can't iterate over ${typeof over === 'object' ? (over as Struct).toString() : over}`, offset);
}

function* membersOf(map: GoMap): Iterable<readonly [GoValue, GoValue]> {
  for (const key of sortedKeys(map as JsonObject)) yield [key, map[key]];
}

function compileCall({ name, pipe, offset }: Call, scope: Scope): Statement {
  const value = pipe && compilePipe(pipe, scope);
  const { templates } = scope.shared;
  const template = templates.get(name);
  if (!template) {
    const near = closest(name, templates.keys());
    throw refuse(`template ${JSON.stringify(name)} not defined`, offset, near && `did you mean ${JSON.stringify(near)}?`);
  }
  return (frame, dot) => {
    const { run } = frame;
    const data = value?.(frame, dot);
    run.steps(1);
    run.enter();
    template.body({ run, variables: [data] }, data);
    run.leave();
    return NEXT;
  };
}
