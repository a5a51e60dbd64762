import type { z } from 'zod';
import { closest } from '../errors/closest.ts';
import { error, type Finding, type Path, warning } from '../errors/finding.ts';
import { sentenceOf } from './wrong.ts';

interface Reading<T> {
  /** Undefined when there is an error among the findings. */
  readonly value: T | undefined;
  readonly findings: readonly Finding[];
}

/**
 * Reads a value by a strict schema, but forgives fields that the schema does not know: each becomes a warning and is left out,
 * as Argo's CRDs do silently. A field that is null is a field that is left out, as in Go. Every other issue is an error.
 * `at` is put before each path.
 */
export function read<Schema extends z.ZodType>(schema: Schema, value: unknown, at: Path = []): Reading<z.output<Schema>> {
  const findings: Finding[] = [];
  let current = value;
  for (;;) {
    const result = schema.safeParse(current, { error: sentenceOf });
    if (result.success) return { value: result.data, findings };
    const unknown: { path: Path; key: string }[] = [];
    const nulls: Path[] = [];
    const errors: Finding[] = [];
    for (const issue of result.error.issues) {
      const path = issue.path as (string | number)[];
      if (issue.code === 'unrecognized_keys') {
        for (const key of issue.keys) unknown.push({ path: [...path, key], key });
      } else if (typeof path.at(-1) === 'string' && valueAt(current, path) === null) {
        nulls.push(path);
      } else {
        errors.push(
          error(
            issue.code === 'invalid_type' && valueAt(current, path) === undefined ? 'CONFIG_MISSING' : 'CONFIG_WRONG_TYPE',
            [...at, ...path],
            { problem: issue.message },
            hinted(issue, valueAt(current, path)),
          ),
        );
      }
    }
    for (const { path, key } of unknown) {
      const near = closest(key, fieldsAt(schema, path.slice(0, -1)));
      findings.push(
        warning(
          'CONFIG_UNKNOWN_FIELD',
          [...at, ...path],
          { field: key },
          { atKey: true, ...(near ? { hint: `did you mean "${near}"?` } : {}) },
        ),
      );
    }
    const removed = [...unknown.map((one) => one.path), ...nulls];
    if (removed.length === 0) return { value: undefined, findings: [...findings, ...errors] };
    current = without(current, removed);
  }
}

/** Which of the values that a field is limited to was meant, or all of them where the sentence does not name them. */
function hinted(issue: { code: string; values?: readonly unknown[]; message: string }, actual: unknown): { hint?: string } {
  if (issue.code !== 'invalid_value' || !issue.values || actual === undefined) return {};
  const values = issue.values.filter((value) => value !== '').map(String);
  const near = /^\w/.test(String(actual)) ? closest(String(actual), values) : undefined;
  if (near) return { hint: `did you mean ${near}?` };
  return values.length > 1 && !values.every((value) => issue.message.includes(value)) ? { hint: `one of ${values.join(', ')}` } : {};
}

/** What stands at a path; undefined where there is nothing. */
export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) current = (current as Record<string | number, unknown> | undefined | null)?.[step];
  return current;
}

/** The names a schema knows at a path; unwraps optional, default, array and record. */
function fieldsAt(schema: unknown, path: Path): string[] {
  let current = unwrap(schema);
  for (const step of path) {
    const def = current?.def;
    if (def?.type === 'object') current = unwrap(def.shape?.[step]);
    else if (def?.type === 'array') current = unwrap(def.element);
    else if (def?.type === 'record') current = unwrap(def.valueType);
    else return [];
  }
  return current?.def?.type === 'object' ? Object.keys(current.def.shape ?? {}) : [];
}

export interface SchemaLike {
  def?: {
    type?: string;
    innerType?: unknown;
    in?: unknown;
    shape?: Record<string, unknown>;
    element?: unknown;
    valueType?: unknown;
    getter?: () => unknown;
  };
}

/** A schema without what stands around it: optional, default, pipe, lazy. */
export function unwrap(schema: unknown): SchemaLike | undefined {
  let current = schema as SchemaLike | undefined;
  for (;;) {
    const def = current?.def;
    const inner = def?.innerType ?? (def?.type === 'pipe' ? def.in : undefined) ?? (def?.type === 'lazy' ? def.getter?.() : undefined);
    if (!inner) return current;
    current = inner as SchemaLike;
  }
}

/** A copy without the given paths. */
function without(value: unknown, paths: readonly Path[]): unknown {
  const copy = structuredClone(value);
  for (const path of paths) {
    const parent = valueAt(copy, path.slice(0, -1));
    if (parent && typeof parent === 'object') delete (parent as Record<string | number, unknown>)[path.at(-1)!];
  }
  return copy;
}
