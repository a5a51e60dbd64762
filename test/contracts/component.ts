/**
 * What every pluggable part promises of its description, as tests: CRDs, the schemas of editors, the reference and `explain` are made
 * from it. The registries find the parts.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Component } from '../../src/core/schema/component.ts';
import { fieldsOf, marksOf } from '../../src/core/schema/fields.ts';
import { type JsonSchema, jsonSchema } from '../../src/core/schema/json-schema.ts';
import { read } from '../../src/core/schema/read.ts';
import { structuralSchema } from '../../src/core/schema/structural.ts';

const root = join(import.meta.dirname, '..', '..');

interface ComponentPlace {
  /** Below the root of the repository. */
  readonly folder: string;
  /** The blocks of the part's type in the rules of `examples/`. */
  readonly inExamples: readonly unknown[];
  /** Compiles an example, and answers what is wrong with it. */
  readonly problemsOf: (spec: unknown) => readonly string[];
}

export function componentContract(component: Component<string, z.ZodType>, { folder, inExamples, problemsOf }: ComponentPlace): void {
  const { type, summary, spec, examples } = component;

  describe(`the part ${folder}/${type}`, () => {
    test('has a folder of its own, with a page on what it does', () => {
      expect(existsSync(join(root, folder, type, 'index.ts'))).toBe(true);
      expect(existsSync(join(root, folder, type, 'README.md'))).toBe(true);
    });

    test('says in one sentence what it is', () => {
      expect(summary).toMatch(sentences);
    });

    test('describes every option', () => {
      expect(undescribed(jsonSchema(spec))).toEqual([]);
    });

    test('has a schema for a CRD', () => {
      expect(structuralSchema(spec)).toMatchObject({ type: 'object' });
    });

    test('has examples, and each is right', () => {
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) {
        expect(example.title).toMatch(/^[A-Z].*[^.]$/);
        expect(read(spec, example.spec).findings).toEqual([]);
        expect(problemsOf(example.spec)).toEqual([]);
      }
    });

    test('is shown by a rule in examples/', () => {
      expect(inExamples.length).toBeGreaterThan(0);
    });
  });
}

/** A capital at the beginning and a full stop at the end. */
const sentences = /^[A-Z].*\.$/s;

/** The paths of the fields below a schema that no sentence describes. */
export function undescribed(schema: JsonSchema, path = ''): string[] {
  return fieldsOf(schema).flatMap(({ name, schema: field }) => {
    const at = path === '' ? name : `${path}.${name}`;
    return [...(sentences.test(field.description ?? '') ? [] : [at]), ...undescribed(field, `${at}${marksOf(field)}`)];
  });
}
