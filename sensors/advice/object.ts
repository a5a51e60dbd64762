import { type Finding, type Path, warning } from '../../src/core/errors/finding.ts';
import { isObject } from '../../src/core/json/json.ts';
import { homeOf, kindLike } from '../../src/core/kube/well-known.ts';
import type { TriggerSpec } from '../triggers/spec.ts';
import { written } from './written.ts';

/** A `k8s` trigger whose object lacks what no parameter gives it: each firing would fail. */
export function objectAdvice({ template, parameters = [] }: TriggerSpec, at: Path): Finding[] {
  const { source, operation = 'create', parameters: own = [] } = template.k8s ?? {};
  const object = written(source);
  if (!isObject(object) || source?.s3 || parameters.some(({ dest }) => /^k8s\b/i.test(dest))) return [];
  const path = [...at, 'template', 'k8s', 'source', source?.inline ? 'inline' : 'resource'];
  const isSet = (place: string): boolean => own.some(({ dest }) => place === dest || place.startsWith(`${dest}.`));
  const lacks = (field: string, value: unknown): boolean => (value === undefined || value === '') && !isSet(field);
  const findings: Finding[] = [];
  for (const field of ['apiVersion', 'kind'])
    if (lacks(field, object[field])) findings.push(always(path, `the object has no ${field}, and no parameter sets it`));
  const metadata = isObject(object['metadata']) ? object['metadata'] : {};
  if (lacks('metadata.name', metadata['name'])) {
    const isCreate = operation === 'create' || operation === '';
    if (!isCreate)
      findings.push(always(path, `to ${operation} an object, it needs metadata.name, which neither the object nor a parameter gives`));
    else if (lacks('metadata.generateName', metadata['generateName']))
      findings.push(always(path, 'the object has neither metadata.name nor metadata.generateName, and no parameter sets them'));
  }
  return [...findings, ...kindAdvice(object['apiVersion'], object['kind'], path)];
}

const always = (path: Path, problem: string): Finding =>
  warning('CONFIG_INVALID', path, { problem: `every firing would fail: ${problem}` });

function kindAdvice(apiVersion: unknown, kind: unknown, path: Path): Finding[] {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [];
  const meant = kindLike(apiVersion, kind);
  const home = homeOf(apiVersion, kind);
  if (meant === undefined && home === undefined) return [];
  const problem = `there is no ${kind} in ${apiVersion}`;
  return [
    meant === undefined
      ? warning('CONFIG_INVALID', [...path, 'apiVersion'], { problem }, { hint: `apiVersion: ${home}` })
      : warning('CONFIG_INVALID', [...path, 'kind'], { problem }, { hint: `kind: ${meant}` }),
  ];
}
