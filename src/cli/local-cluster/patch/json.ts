import { equalJson } from '../../../core/json/equal.ts';
import { isObject, type Json } from '../../../core/json/json.ts';

export interface PatchStep {
  readonly op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
  readonly path: string;
  readonly from?: string;
  readonly value?: Json;
}

/** A step that cannot be done; the message says which and why. */
export class PatchFailure extends Error {}

/** JSON Patch (RFC 6902): the steps in order, all or none. Leaves its inputs alone. Throws PatchFailure. */
export function jsonPatch(target: Json, steps: readonly PatchStep[]): Json {
  // one root above the value, so that the empty path needs no case of its own
  const root = { value: structuredClone(target) };
  for (const step of steps) apply(root, step);
  return root.value;
}

function apply(root: { value: Json }, step: PatchStep): void {
  const { op, path } = step;
  if (op === 'move' || op === 'copy') {
    const from = place(root, step.from ?? '', op);
    const value = structuredClone(from.read());
    if (op === 'move') from.remove();
    place(root, path, op).add(value);
    return;
  }
  const at = place(root, path, op);
  if (op === 'add') at.add(structuredClone(step.value ?? null));
  else if (op === 'replace') at.replace(structuredClone(step.value ?? null));
  else if (op === 'remove') at.remove();
  else if (op === 'test') {
    if (!equalJson(at.find() ?? null, step.value ?? null)) throw new PatchFailure(`testing value ${path} failed`);
  } else throw new PatchFailure(`unknown operation "${op}"`);
}

interface Place {
  find(): Json | undefined;
  read(): Json;
  add(value: Json): void;
  replace(value: Json): void;
  remove(): void;
}

function place(root: { value: Json }, path: string, op: string): Place {
  if (path !== '' && !path.startsWith('/')) throw new PatchFailure(`${op}: path "${path}" does not start with "/"`);
  const steps = [
    'value',
    ...path
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')),
  ];
  const last = steps.pop()!;
  let parent: Json = root as unknown as Json;
  for (const step of steps) parent = childOf(parent, step) ?? missing();

  function missing(): never {
    throw new PatchFailure(`${op} operation does not apply: doc is missing path "${path}"`);
  }
  function read(): Json {
    return childOf(parent, last) ?? missing();
  }
  function index(limit: number): number {
    const at = /^(0|[1-9]\d*)$/.test(last) ? Number(last) : Number.NaN;
    return at <= limit ? at : missing();
  }
  return {
    find: () => childOf(parent, last),
    read,
    add(value) {
      if (Array.isArray(parent)) parent.splice(last === '-' ? parent.length : index(parent.length), 0, value);
      else if (isObject(parent)) parent[last] = value;
      else missing();
    },
    replace(value) {
      read();
      (parent as Record<string, Json>)[last] = value;
    },
    remove() {
      read();
      if (Array.isArray(parent)) parent.splice(index(parent.length - 1), 1);
      else delete (parent as Record<string, Json>)[last];
    },
  };
}

/** The value at one step; undefined when there is none. */
function childOf(parent: Json, step: string): Json | undefined {
  if (Array.isArray(parent)) return /^(0|[1-9]\d*)$/.test(step) ? parent[Number(step)] : undefined;
  return isObject(parent) && Object.hasOwn(parent, step) ? parent[step] : undefined;
}
