import { closest } from '../../src/core/errors/closest.ts';
import { error, type Finding, type Path, warning } from '../../src/core/errors/finding.ts';
import { fromUnknown } from '../../src/core/errors/from-unknown.ts';
import { checkPath } from '../../src/core/json/path/index.ts';
import { homeOfResource, pluralOf } from '../../src/core/kube/well-known.ts';
import { compileRegex } from '../../src/core/regex.ts';
import { fieldOperations, isFieldOperation } from './filter.ts';
import { checkLabels } from './selectors.ts';
import type { ResourceSpec } from './spec.ts';

/** What the schema cannot say of an entry: selectors, patterns, paths, and what would never send anything. */
export function checkResource({ group, version, resource, eventTypes, filter, whenLeft }: ResourceSpec): Finding[] {
  const findings: Finding[] = checkName(group, version, resource);
  if (eventTypes.length === 0)
    findings.push(warning('CONFIG_INVALID', ['eventTypes'], { problem: 'no event types: nothing is ever sent' }));
  if (whenLeft === 'DELETE' && !eventTypes.includes('DELETE')) {
    const problem = 'whenLeft: DELETE sends nothing, because DELETE is not among the eventTypes';
    findings.push(warning('CONFIG_INVALID', ['whenLeft'], { problem }, { hint: 'add DELETE to eventTypes' }));
  } else if (whenLeft === 'DELETE' && !filter?.fields.length) {
    const problem = 'whenLeft: DELETE has no effect: without filter.fields no object can cease to pass';
    findings.push(warning('CONFIG_INVALID', ['whenLeft'], { problem }));
  }
  for (const finding of checkLabels(filter?.labels ?? [])) findings.push({ ...finding, path: ['filter', 'labels', ...finding.path] });
  filter?.fields.forEach((selector, index) => {
    findings.push(...checkField(selector, ['filter', 'fields', index]));
  });
  return findings;
}

/** What no API server has: a group in the version, a kind in the place of its plural name, or a well-known resource of another group. */
function checkName(group: string, version: string, resource: string): Finding[] {
  const slash = version.indexOf('/');
  if (slash >= 0) {
    const problem = `the version is "${version.slice(slash + 1)}", and "${version.slice(0, slash)}" is the group`;
    const hint = `group: ${version.slice(0, slash)}, version: ${version.slice(slash + 1)}`;
    return [warning('CONFIG_INVALID', ['version'], { problem }, { hint })];
  }
  const plural = pluralOf(resource) ?? (resource === resource.toLowerCase() ? undefined : resource.toLowerCase());
  if (plural !== undefined && plural !== resource) {
    const problem = `"${resource}" is no plural name of a resource in lower case, so there is nothing to watch`;
    return [warning('CONFIG_INVALID', ['resource'], { problem }, { hint: `resource: ${plural}` })];
  }
  const home = homeOfResource(group, resource);
  if (home === undefined) return [];
  const problem = `there is no resource "${resource}" in ${group === '' ? 'the core group' : `the group ${group}`}`;
  return [warning('CONFIG_INVALID', ['resource'], { problem }, { hint: `it is in ${home}: set group and version` })];
}

function checkField({ key, operation, value }: { key: string; operation: string; value: string }, at: Path): Finding[] {
  const findings: Finding[] = [];
  const problem = checkPath(key);
  if (problem) findings.push(error('CONFIG_PATH', [...at, 'key'], { path: key, problem }));
  if (/^(?:body|oldBody)\./.test(key)) {
    const never = `"${key}" is never there: a field selector looks into the object itself, so nothing is ever sent`;
    findings.push(warning('CONFIG_INVALID', [...at, 'key'], { problem: never }, { hint: `key: ${key.slice(key.indexOf('.') + 1)}` }));
  }
  try {
    compileRegex(value);
  } catch (thrown) {
    const { fields } = fromUnknown(thrown);
    const { offset } = fields;
    findings.push(error('CONFIG_REGEX', [...at, 'value'], fields, typeof offset === 'number' ? { offset } : {}));
  }
  if (operation === '') {
    const never = 'a field selector without an operation never passes, so nothing is ever sent';
    findings.push(warning('CONFIG_INVALID', at, { problem: never }, { hint: 'add operation: "=="' }));
  } else if (!isFieldOperation(operation)) {
    const near = closest(operation, fieldOperations);
    const unknown = `unknown operation "${operation}": a field selector takes =, == or !=`;
    findings.push(error('CONFIG_INVALID', [...at, 'operation'], { problem: unknown }, near ? { hint: `did you mean "${near}"?` } : {}));
  } else if (operation === '!=' && (value === '' || value === '.*')) {
    const never = `the value is a pattern, and ${value === '' ? 'an empty one' : '".*"'} matches every text: with "!=" nothing is ever sent`;
    const hint = 'to ask that the field is there and not empty: {operation: "==", value: ".+"}';
    findings.push(warning('CONFIG_INVALID', [...at, 'value'], { problem: never }, { hint }));
  }
  return findings;
}
