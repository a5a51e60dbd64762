import type { JsonObject } from '../../../core/json/json.ts';

/**
 * A set of field paths, in the form that `managedFields` carries (FieldsV1): a tree of steps, where a leaf is in the set, and a node with
 * children is in it when it has the mark `.`. Steps are `f:name`, `k:{…}` (an item of a list, by its keys) and `v:…` (an item of a set).
 * The empty set is `undefined`, because an empty node is a leaf.
 */
export type FieldSet = { readonly [step: string]: FieldSet };

const mark = '.';
export const leaf: FieldSet = {};

/** A node with these children, itself in the set or not. */
export function node(isMember: boolean, children: Record<string, FieldSet>): FieldSet | undefined {
  for (const _ in children) return isMember ? { [mark]: leaf, ...children } : children;
  return isMember ? leaf : undefined;
}

function isMember(set: FieldSet): boolean {
  if (mark in set) return true;
  for (const _ in set) return false;
  return true;
}

function stepsOf(set: FieldSet): string[] {
  return Object.keys(set).filter((step) => step !== mark);
}

/** The same set with its steps in order, as the API shows them. */
export function sorted(set: FieldSet): FieldSet {
  const steps = Object.keys(set);
  if (steps.length === 0) return leaf;
  return Object.fromEntries(steps.sort().map((step) => [step, sorted(set[step]!)]));
}

export function union(a: FieldSet | undefined, b: FieldSet | undefined): FieldSet | undefined {
  if (!a || !b) return a ?? b;
  const children: Record<string, FieldSet> = {};
  for (const step of new Set([...stepsOf(a), ...stepsOf(b)])) children[step] = union(a[step], b[step])!;
  return node(isMember(a) || isMember(b), children);
}

/** The paths of `a` that are not in `b`. */
export function difference(a: FieldSet | undefined, b: FieldSet | undefined): FieldSet | undefined {
  if (!a || !b) return a;
  const children: Record<string, FieldSet> = {};
  for (const step of stepsOf(a)) {
    const rest = difference(a[step], b[step]);
    if (rest) children[step] = rest;
  }
  return node(isMember(a) && !isMember(b), children);
}

export function intersection(a: FieldSet | undefined, b: FieldSet | undefined): FieldSet | undefined {
  if (!a || !b) return undefined;
  const children: Record<string, FieldSet> = {};
  for (const step of stepsOf(a)) {
    const both = intersection(a[step], b[step]);
    if (both) children[step] = both;
  }
  return node(isMember(a) && isMember(b), children);
}

/** Every path in the set as messages show it: `.spec.containers[name="web"].image`. */
export function pathsOf(set: FieldSet, at = ''): string[] {
  const below = stepsOf(set).flatMap((step) => pathsOf(set[step]!, `${at}${showStep(step)}`));
  return isMember(set) && at !== '' ? [at, ...below] : below;
}

function showStep(step: string): string {
  const text = step.slice(2);
  if (step.startsWith('f:')) return `.${text}`;
  if (step.startsWith('v:')) return `[=${text}]`;
  const keys = Object.entries(JSON.parse(text) as JsonObject).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return `[${keys.join(',')}]`;
}
