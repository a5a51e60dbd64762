import { type CelEnvironment, type CelProgram, celEnvironment, compileCel } from '../../../../core/cel/index.ts';
import { EngineError } from '../../../../core/errors/engine-error.ts';
import { error, type Finding, type Path } from '../../../../core/errors/finding.ts';
import { isObject, type Json, type JsonObject } from '../../../../core/json/json.ts';
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

/** Compiles the params of a cel interceptor. What is wrong with them is a finding; nothing is thrown. */
export function compileParams(params: JsonObject): CelParams {
  const findings: Finding[] = [];
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
  const problems: string[] = [];
  const wrong = (path: Path, problem: string): undefined => {
    problems.push(problem);
    findings.push(error('CONFIG_WRONG_TYPE', path, { problem }));
  };
  const text = (value: Json | undefined, path: Path): string | undefined =>
    value === undefined || value === null ? '' : typeof value === 'string' ? value : wrong(path, `${path.join('.')} of cel is a text`);

  const filter = text(params['filter'], ['filter']);
  const { overlays = null } = params;
  const list = overlays === null ? [] : Array.isArray(overlays) ? overlays : (wrong(['overlays'], 'overlays of cel is a list') ?? []);
  return {
    filter: filter ? compiled(filter, ['filter']) : undefined,
    overlays: list.flatMap((overlay, index) => {
      if (!isObject(overlay)) return wrong(['overlays', index], 'an overlay of cel has a key and an expression') ?? [];
      const key = text(overlay['key'], ['overlays', index, 'key']);
      const path = ['overlays', index, 'expression'];
      const expression = text(overlay['expression'], path);
      return key === undefined || expression === undefined ? [] : [{ key, expression: compiled(expression, path) }];
    }),
    problem: problems[0],
    findings,
  };
}
