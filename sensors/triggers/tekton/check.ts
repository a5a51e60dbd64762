import { error, type Finding, type Path, under } from '../../../src/core/errors/finding.ts';
import { isObject, type Json } from '../../../src/core/json/json.ts';
import { parseDuration } from '../../../src/core/time/duration.ts';
import { checkArtifact, writtenArtifact } from '../artifacts/index.ts';
import { checkParameters } from '../parameters/index.ts';
import type { ParamSpec, TektonSpec } from './spec.ts';

/** What the schema cannot say of a `tekton` block. */
export function check(spec: TektonSpec, dependencies: readonly string[]): Finding[] {
  const { params = [], parameters = [], workspaces = [], timeout } = spec;
  return [
    ...checkChoice(spec),
    ...params.flatMap((param, index) => checkParam(param, dependencies, ['params', index])),
    ...repeated(params.map(({ name }) => name)).map(({ name, index }) =>
      error('CONFIG_DUPLICATE', ['params', index, 'name'], { what: 'the param', name }),
    ),
    ...workspaces.flatMap(({ name }, index) => (name ? [] : refuse(['workspaces', index], 'a workspace must have a name'))),
    ...(timeout === undefined || isDuration(timeout) ? [] : refuse(['timeout'], `"${timeout}" is no duration such as 30m or 1h30m`)),
    ...checkParameters(parameters, dependencies, ['parameters']),
  ];
}

const refuse = (path: Path, problem: string): Finding[] => [error('CONFIG_INVALID', path, { problem })];

const isDuration = (text: string): boolean => (parseDuration(text) ?? -1) >= 0;

function checkChoice(spec: TektonSpec): Finding[] {
  const found = (['pipeline', 'task', 'source'] as const).filter((field) => spec[field] !== undefined && spec[field] !== '');
  if (found.length !== 1) return [error('CONFIG_ONE_OF', [], { choices: 'pipeline, task, source', found: found.join(', ') || 'none' })];
  if (!spec.source) return [];
  const findings = under('source', checkArtifact(spec.source));
  return findings.length > 0 ? findings : checkRun(writtenArtifact(spec.source));
}

function checkRun(run: Json | undefined): Finding[] {
  const kind = isObject(run) ? run['kind'] : undefined;
  if (run === undefined || isRunKind(kind)) return [];
  return refuse(
    ['source'],
    `the source must be a PipelineRun or a TaskRun, not ${typeof kind === 'string' ? `a ${kind}` : 'something without a kind'}`,
  );
}

export const isRunKind = (kind: Json | undefined): boolean => kind === 'PipelineRun' || kind === 'TaskRun';

function checkParam({ name, value, src }: ParamSpec, dependencies: readonly string[], path: Path): Finding[] {
  if ((value === undefined) === (src === undefined))
    return [error('CONFIG_ONE_OF', path, { choices: 'value, src', found: src ? 'value, src' : 'none' })];
  return src
    ? checkParameters([{ src, dest: name }], dependencies, []).map((one) => ({ ...one, path: [...path, ...one.path.slice(1)] }))
    : [];
}

const repeated = (names: readonly string[]) =>
  names.map((name, index) => ({ name, index })).filter(({ name, index }) => names.indexOf(name) < index);
