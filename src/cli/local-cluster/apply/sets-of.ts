import { equalJson } from '../../../core/json/equal.ts';
import type { Json } from '../../../core/json/json.ts';
import type { Shape } from '../kinds/shape.ts';
import { type FieldSet, leaf, node } from './field-set.ts';
import { partsOf } from './steps.ts';

/** What somebody who applies this value says about: its leaves, and the items of its lists. */
export function appliedFields(value: Json, shape: Shape): FieldSet | undefined {
  const parts = partsOf(value, shape);
  if (!parts || (parts.size === 0 && !Array.isArray(value))) return leaf;
  const children: Record<string, FieldSet> = {};
  for (const part of parts.values()) {
    const below = appliedFields(part.value, part.shape);
    const whole = part.step.startsWith('f:') ? below : ({ '.': leaf, ...below } as FieldSet);
    if (whole) children[part.step] = part.step.startsWith('f:') ? whole : tidy(whole);
  }
  return node(false, children);
}

/** A lone mark is a leaf. */
function tidy(set: FieldSet): FieldSet {
  return Object.keys(set).length === 1 ? leaf : set;
}

/** Every path in a value, its maps and lists included. */
function allFields(value: Json, shape: Shape): FieldSet {
  const children: Record<string, FieldSet> = {};
  for (const part of partsOf(value, shape)?.values() ?? []) children[part.step] = allFields(part.value, part.shape);
  return node(true, children)!;
}

interface Differences {
  /** Paths that are new or have another value. */
  readonly written: FieldSet | undefined;
  readonly removed: FieldSet | undefined;
}

const none: Differences = { written: undefined, removed: undefined };

/** How a value became another one. */
export function compare(before: Json | undefined, after: Json | undefined, shape: Shape): Differences {
  if (before === after || (before === undefined && after === undefined)) return none;
  if (before === undefined) return { written: allFields(after!, shape), removed: undefined };
  if (after === undefined) return { written: undefined, removed: allFields(before, shape) };
  const [old, now] = [partsOf(before, shape), partsOf(after, shape)];
  if (!old || !now) return equalJson(before, after) ? none : { written: leaf, removed: undefined };
  const written: Record<string, FieldSet> = {};
  const removed: Record<string, FieldSet> = {};
  for (const step of new Set([...old.keys(), ...now.keys()])) {
    const [left, right] = [old.get(step), now.get(step)];
    const below = compare(left?.value, right?.value, (right ?? left)!.shape);
    if (below.written) written[step] = below.written;
    if (below.removed) removed[step] = below.removed;
  }
  return { written: node(false, written), removed: node(false, removed) };
}
