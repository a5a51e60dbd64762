/**
 * Why a filter did not say yes, in the terms of its author: the part of a `… && …` that is false, or else that failed, and the values that
 * it looks at. `body.action is "closed", and body.action == 'opened' is wanted`.
 */
import { compile, outermost } from './compile/compile.ts';
import type { Frame } from './compile/frame.ts';
import type { CelEnvironment, CelProgram } from './index.ts';
import { shownValue } from './shown.ts';
import { dotted, type Node } from './syntax/tree.ts';
import { CelFault, CelPending, type CelResult } from './values/fault.ts';
import { type CelObject, kindOf } from './values/value.ts';

/** The sentence for a program that gave something else than true for this input. Made once for a program, and asked for many inputs. */
export type Reasons = (input: CelObject, host?: unknown) => string;

export function reasonsOf(program: CelProgram): Reasons {
  const { tree, text, environment } = program;
  const secret = new Set<string>();
  each(tree, (node) => {
    if (!hides(node, environment)) return;
    for (const part of partsOf(node)) secret.add(text.slice(part.start, part.end));
  });
  const reasons = program.clauses.map(({ node, code }) => ({ code, tell: teller(node, text, environment, secret) }));
  const first = (frame: Frame): string => {
    let kept: string | undefined;
    for (const { code, tell } of reasons) {
      const result = code(frame);
      if (result === false) return tell(result, frame);
      if (result !== true && !(result instanceof CelPending)) kept ??= tell(result, frame);
    }
    return kept ?? 'it gave something else than true';
  };
  return (input, host) => {
    const said = program.run(input, host, first);
    return said instanceof CelFault ? said.problem : said;
  };
}

/** So many values say enough. */
const mostShown = 4;
const mostText = 200;

type Tell = (result: CelResult, frame: Frame) => string;

/** Tells of a clause that gave something else than true. */
function teller(node: Node, text: string, environment: CelEnvironment, secret: ReadonlySet<string>): Tell {
  const scope = outermost(environment);
  const source = text.slice(node.start, node.end).replaceAll(/\s+/g, ' ');
  const wanted = source.length > mostText ? `${source.slice(0, mostText)}…` : source;
  const looked = looksAt(node, text, environment)
    .filter(({ label }, index, all) => all.findIndex((other) => other.label === label) === index)
    .slice(0, mostShown)
    .map(({ label, node: part }) => ({ label, isSecret: secret.has(label) || isDelicate(label), read: compile(part, scope) }));
  return (result, frame) => {
    if (typeof result !== 'boolean' && !(result instanceof CelFault)) {
      const value = looked.some(({ isSecret }) => isSecret) ? '' : ` ${shownValue(result)}, which is`;
      return `${wanted} gives${value} ${kindOf(result)}: only true lets a call pass`;
    }
    let values = '';
    let isMissing = false;
    let isHidden = false;
    for (const { label, isSecret, read } of looked) {
      const value = read(frame);
      if (value instanceof CelFault) isMissing = true;
      else if (isSecret) isHidden = true;
      values += `${values && ', '}${said(label, value, isSecret)}`;
    }
    if (result instanceof CelFault && !isMissing) values += `${values && ', '}${result.problem}`;
    // What stands in the rule may be as secret as what was sent.
    if (isHidden) return values;
    return values === '' ? `${wanted} is false` : `${values}, and ${wanted} is wanted`;
  };
}

/** Headers and fields that may carry what proves who the sender is. */
const isDelicate = (label: string): boolean => /authorization|cookie|password|secret|signature|token/i.test(label);

function said(label: string, value: CelResult, isSecret: boolean): string {
  if (value instanceof CelFault) return `${label} is missing`;
  return isSecret ? `${label} is not what is wanted` : `${label} is ${shownValue(value)}`;
}

interface Looked {
  readonly label: string;
  readonly node: Node;
}

/** The fields that a part looks at, each as the author wrote it; what happens inside a loop is told by the list that it goes over. */
function looksAt(node: Node, text: string, environment: CelEnvironment): Looked[] {
  const label = text.slice(node.start, node.end);
  if (isPath(node)) return node.is === 'name' ? [] : [{ label, node }];
  if (node.is === 'has') {
    const field: Node = { ...node, is: 'select' };
    return isPath(field) ? [{ label: `${text.slice(node.object.start, node.object.end)}.${node.field}`, node: field }] : [];
  }
  if (node.is === 'loop') return looksAt(node.over, text, environment);
  if (node.is === 'call') {
    if (hides(node, environment)) return [];
    const { looksAt: other } = environment.functions.get(node.name)?.find(({ isMember }) => isMember === (node.target !== undefined)) ?? {};
    if (other) {
      const args = node.args.slice(0, other.args);
      const call: Node = { ...node, name: other.name, args };
      const shown = args.map((arg) => text.slice(arg.start, arg.end)).join(', ');
      const target = node.target ? `${text.slice(node.target.start, node.target.end)}.` : '';
      return [{ label: `${target}${other.name}(${shown})`, node: call }];
    }
  }
  return partsOf(node).flatMap((part) => looksAt(part, text, environment));
}

function hides(node: Node, { functions }: CelEnvironment): boolean {
  return node.is === 'call' && (functions.get(node.name)?.some((one) => one.hides) ?? false);
}

/** A chain of fields and literal indexes that starts at a name. */
function isPath(node: Node): boolean {
  if (dotted(node) !== undefined) return true;
  if (node.is === 'select') return isPath(node.object);
  if (node.is !== 'call' || node.name !== '_[_]') return false;
  const [object, key] = node.args;
  return key?.is === 'literal' && object !== undefined && isPath(object);
}

function each(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const part of partsOf(node)) each(part, visit);
}

function partsOf(node: Node): readonly Node[] {
  switch (node.is) {
    case 'literal':
    case 'name':
      return [];
    case 'select':
    case 'has':
      return [node.object];
    case 'call':
      return node.target ? [node.target, ...node.args] : node.args;
    case 'list':
      return node.items;
    case 'map':
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case 'and':
    case 'or':
      return [node.left, node.right];
    case 'choice':
      return [node.condition, node.yes, node.no];
    case 'loop':
      return [node.over, node.body];
  }
}
