import { error, type Finding, warning } from '../../../src/core/errors/finding.ts';
import { isUrl } from '../../../src/core/http/fetch-text.ts';
import { isObject, type Json } from '../../../src/core/json/json.ts';
import { notBuilt, problemOf } from '../../checked.ts';
import { checkParameters } from '../parameters/index.ts';
import { unbuiltArtifacts, writtenObject } from './artifact.ts';
import type { ArtifactSpec, K8sSpec } from './spec.ts';

/** What the schema cannot say of a `k8s` block. */
export function check(spec: K8sSpec, dependencies: readonly string[]): Finding[] {
  const parameters = checkParameters(spec.parameters ?? [], dependencies, ['parameters']);
  return [...checkSource(spec.source), ...checkOptions(spec), ...parameters];
}

function checkSource(source: ArtifactSpec | undefined): Finding[] {
  if (!source || Object.keys(source).length === 0) {
    return [error('CONFIG_MISSING', ['source'], { problem: 'k8s trigger does not contain an absolute action' })];
  }
  const unbuilt = unbuiltArtifacts
    .filter((name) => source[name])
    .map((name) => notBuilt(['source', name], `the artifact source \`${name}\``));
  return [...unbuilt, ...checkInline(source), ...checkUrl(source)];
}

function checkInline(source: ArtifactSpec): Finding[] {
  const path = ['source', 'inline'];
  let object: Json | undefined;
  const unreadable = problemOf(path, () => {
    object = writtenObject(source);
  });
  if (unreadable) return [unreadable];
  if (source.inline === undefined || isObject(object)) return [];
  const problem = 'every firing would fail: the text is no Kubernetes object';
  return [warning('CONFIG_INVALID', path, { problem }, { hint: 'write its apiVersion, kind and metadata as YAML or JSON' })];
}

function checkUrl({ url }: ArtifactSpec): Finding[] {
  if (!url) return [];
  if (!isUrl(url.path) || !URL.canParse(url.path))
    return [error('CONFIG_INVALID', ['source', 'url', 'path'], { problem: `"${url.path}" is no http or https URL` })];
  if (url.verifyCert !== false) return [];
  const problem = 'verifyCert: false takes any certificate, so that whoever is in between can give another object';
  return [warning('CONFIG_INVALID', ['source', 'url', 'verifyCert'], { problem })];
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
