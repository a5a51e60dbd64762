import { z } from 'zod';
import { type CelEnvironment, type CelProgram, celEnvironment, compileCel } from '../../../../core/cel/index.ts';
import { EngineError } from '../../../../core/errors/engine-error.ts';
import { error, type Finding, type Path } from '../../../../core/errors/finding.ts';
import type { JsonObject } from '../../../../core/json/json.ts';
import { foldCase } from '../../../../core/schema/fold-case.ts';
import { read } from '../../../../core/schema/read.ts';
import { tektonFunctions } from './functions.ts';

/** An expression that can be evaluated, or why it never can. */
export type Compiled = CelProgram | EngineError;

export interface CelParams {
  readonly filter: Compiled | undefined;
  readonly overlays: readonly { readonly key: string; readonly expression: Compiled }[];
  /** Params that nobody can read. */
  readonly problem: string | undefined;
  /** About the params: the path starts at them. */
  readonly findings: readonly Finding[];
}

/** What the expressions of Tekton may name. */
export const celOfTekton: CelEnvironment = celEnvironment({
  variables: { body: 'map(string, dyn)', header: 'map(string, dyn)', extensions: 'map(string, dyn)', requestURL: 'string' },
  functions: tektonFunctions,
});

const schema = z.strictObject({
  filter: z.string().default(''),
  overlays: z.array(z.strictObject({ key: z.string().default(''), expression: z.string().default('') })).default([]),
});

/** Compiles the params of a cel interceptor, whatever the case of their names. What is wrong with them is a finding; nothing is thrown. */
export function compileParams(params: JsonObject): CelParams {
  const { value, findings: found } = read(schema, foldCase(schema, params));
  const findings = [...found];
  if (!value) return { filter: undefined, overlays: [], problem: found.find(({ severity }) => severity === 'error')?.message, findings };
  const compiled = (text: string, path: Path): Compiled => {
    try {
      return compileCel(text, celOfTekton);
    } catch (thrown) {
      if (!(thrown instanceof EngineError)) throw thrown;
      const { offset } = thrown.fields;
      findings.push(
        error(thrown.code, path, thrown.fields, {
          ...(thrown.hint === undefined ? {} : { hint: thrown.hint }),
          ...(typeof offset === 'number' ? { offset } : {}),
        }),
      );
      return thrown;
    }
  };
  return {
    filter: value.filter ? compiled(value.filter, ['filter']) : undefined,
    overlays: value.overlays.map(({ key, expression }, index) => ({
      key,
      expression: compiled(expression, ['overlays', index, 'expression']),
    })),
    problem: undefined,
    findings,
  };
}
