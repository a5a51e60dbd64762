/**
 * Why a filter did not say yes, in the terms of its author: the first part of a `… && …` that is not true, and the values that it looks
 * at. `body.action is "closed", and body.action == 'opened' is wanted`.
 */

import type { CelEnvironment, CelProgram } from './index.ts';
import { shownValue } from './json.ts';
import { programOf } from './program.ts';
import { dotted, type Node } from './syntax/tree.ts';
import { CelFault } from './values/fault.ts';
import { type CelObject, kindOf } from './values/value.ts';

/** The sentence for a program that gave something else than true for this input. Made once for a program, and asked for many inputs. */
export type Reasons = (input: CelObject, host?: unknown) => string;

export function reasonsOf({ tree, text, environment }: CelProgram): Reasons {
  const secret = new Set<string>();
  each(tree, (node) => {
    if (!hides(node, environment)) return;
    for (const part of partsOf(node)) secret.add(text.slice(part.start, part.end));
  });
  const clauses = clausesOf(tree).map((node) => clause(node, text, environment, secret));
  return (input, host) => {
    for (const reason of clauses) {
      const sentence = reason(input, host);
      if (sentence !== undefined) return sentence;
    }
    return 'it gave something else than true';
  };
}

const clausesOf = (node: Node): Node[] => (node.is === 'and' ? [...clausesOf(node.left), ...clausesOf(node.right)] : [node]);

/** So many values say enough. */
const mostShown = 4;
const mostText = 200;

function clause(node: Node, text: string, environment: CelEnvironment, secret: ReadonlySet<string>) {
  const program = programOf(node, text, environment);
  const source = text.slice(node.start, node.end).replaceAll(/\s+/g, ' ');
  const wanted = source.length > mostText ? `${source.slice(0, mostText)}…` : source;
  const looked = looksAt(node, text, environment)
    .filter(({ label }, index, all) => all.findIndex((other) => other.label === label) === index)
    .slice(0, mostShown)
    .map(({ label, node: part }) => ({
      label,
      isSecret: secret.has(label) || isDelicate(label),
      program: programOf(part, text, environment),
    }));
  return (input: CelObject, host: unknown): string | undefined => {
    const result = program.evaluate(input, host);
    if (result === true) return undefined;
    if (typeof result !== 'boolean' && !(result instanceof CelFault)) {
      return `${wanted} gives ${shownValue(result)}, which is ${kindOf(result)}: only true lets a call pass`;
    }
    const values = looked.map(({ label, isSecret, program: part }) => said(label, part.evaluate(input, host), isSecret));
    const isMissing = values.some((value) => value.endsWith(' is missing'));
    if (result instanceof CelFault && !isMissing) values.push(result.problem);
    return values.length === 0 ? `${wanted} is false` : `${values.join(', ')}, and ${wanted} is wanted`;
  };
}

/** Headers and fields that may carry what proves who the sender is. */
const isDelicate = (label: string): boolean => /authorization|cookie|password|secret|signature|token/i.test(label);

function said(label: string, value: ReturnType<CelProgram['evaluate']>, isSecret: boolean): string {
  if (value instanceof CelFault) return `${label} is missing`;
  return isSecret ? `${label} is not shown` : `${label} is ${shownValue(value)}`;
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
