import { error, type Finding, type Path, under, warning } from '../../../src/core/errors/finding.ts';
import type { Programs } from '../../../src/core/schema/kind.ts';
import { checkArtifact } from '../artifacts/index.ts';
import { checkParameters } from '../parameters/index.ts';
import { readArgs } from './args.ts';
import type { ArgoWorkflowSpec } from './spec.ts';

/** What the schema cannot say of an `argoWorkflow` block. */
export function check(
  { source, operation, parameters = [], args = [] }: ArgoWorkflowSpec,
  dependencies: readonly string[],
  programs: Programs,
): Finding[] {
  return [
    ...checkSource(source),
    ...checkParameters(parameters, dependencies, ['parameters']),
    ...(programs.argo ? [] : withoutProgram(operation, args, programs)),
  ];
}

function checkSource(source: ArgoWorkflowSpec['source']): Finding[] {
  if (!source || Object.keys(source).length === 0)
    return [error('CONFIG_MISSING', ['source'], { problem: 'argoWorkflow trigger does not contain an absolute action' })];
  return under('source', checkArtifact(source));
}

const hint = 'install `argo` where the sensor runs, and name it by --argo';

/** A warning where it is not known yet with which programs the rule will run. */
function withoutProgram(operation: ArgoWorkflowSpec['operation'], args: readonly string[], { argo }: Programs): Finding[] {
  const lacks = (path: Path, problem: string): Finding => (argo === false ? error : warning)('CONFIG_INVALID', path, { problem }, { hint });
  if (operation === 'retry') return [lacks(['operation'], 'retry needs the program `argo`, which knows which steps have to run again')];
  return readArgs(args, operation).problems.map(({ at, problem, isForProgram }) =>
    isForProgram ? lacks(['args', at], problem) : error('CONFIG_INVALID', ['args', at], { problem }),
  );
}
