import { error, type Finding, under, warning } from '../../../src/core/errors/finding.ts';
import { isObject } from '../../../src/core/json/json.ts';
import { type ArtifactSpec, checkArtifact } from '../artifacts/index.ts';
import { checkParameters } from '../parameters/index.ts';
import type { K8sSpec } from './spec.ts';

/** What the schema cannot say of a `k8s` block. */
export function check(spec: K8sSpec, dependencies: readonly string[]): Finding[] {
  const parameters = checkParameters(spec.parameters ?? [], dependencies, ['parameters']);
  return [...checkSource(spec.source), ...checkOptions(spec), ...parameters];
}

function checkSource(source: ArtifactSpec | undefined): Finding[] {
  if (!source || Object.keys(source).length === 0) {
    return [error('CONFIG_MISSING', ['source'], { problem: 'k8s trigger does not contain an absolute action' })];
  }
  return under('source', checkArtifact(source));
}

function checkOptions({ operation, liveObject, patchStrategy, source }: K8sSpec): Finding[] {
  const findings: Finding[] = [];
  if (liveObject && operation !== 'update') {
    findings.push(
      warning('CONFIG_INVALID', ['liveObject'], {
        problem: `liveObject only works with the operation update, not with ${operation || 'create'}`,
      }),
    );
  }
  const resource = source?.resource;
  if (operation === 'patch' && patchStrategy === 'application/json-patch+json' && isObject(resource) && !('patch' in resource)) {
    const problem = 'a JSON patch is a list of operations under `patch`, beside the metadata of its target';
    findings.push(error('CONFIG_INVALID', ['source', 'resource'], { problem }));
  }
  return findings;
}
