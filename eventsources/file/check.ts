import { closest } from '../../src/core/errors/closest.ts';
import { error, type Finding, under, warning } from '../../src/core/errors/finding.ts';
import { fromUnknown } from '../../src/core/errors/from-unknown.ts';
import { compileRegex } from '../../src/core/regex.ts';
import { operations } from './operations.ts';
import type { FileSpec } from './spec.ts';

/** What the schema cannot say of an entry. The words of the refusals are Argo's. */
export function checkFile({ eventType, watchPathConfig }: FileSpec): Finding[] {
  return [...checkType(eventType), ...under('watchPathConfig', checkPaths(watchPathConfig))];
}

function checkType(eventType: string): Finding[] {
  if ((operations as readonly string[]).includes(eventType)) return [];
  const parts = eventType.split(/[|, ]+/);
  const problem =
    parts.length > 1
      ? `"${eventType}" is never sent: an event has one operation, so write an entry for each`
      : `"${eventType}" is never sent: there are ${operations.slice(0, -1).join(', ')} and ${operations.at(-1)}`;
  const near = closest(eventType.toUpperCase(), operations);
  return [warning('CONFIG_INVALID', ['eventType'], { problem }, near && parts.length === 1 ? { hint: `did you mean ${near}?` } : {})];
}

/** Argo's path rules, which `sftp` and `hdfs` would share. */
function checkPaths({ directory, path, pathRegexp }: FileSpec['watchPathConfig']): Finding[] {
  const refuse = (field: string[], problem: string) => [error('CONFIG_INVALID', field, { problem })];
  if (!directory.startsWith('/')) return refuse(['directory'], 'directory must be an absolute file path');
  if (!path && !pathRegexp) return refuse([], 'either path or pathRegexp must be specified');
  if (path && pathRegexp) return refuse([], 'path and pathRegexp cannot be specified together');
  if (path?.startsWith('/')) return refuse(['path'], 'path must be a relative file path');
  if (path?.replace(/\/+$/, '').includes('/')) {
    const problem = `"${path}" is never sent: folders in the directory are not looked at`;
    return [warning('CONFIG_INVALID', ['path'], { problem }, { hint: 'name the inner folder as `directory`' })];
  }
  if (!pathRegexp) return [];
  try {
    compileRegex(pathRegexp);
    return [];
  } catch (thrown) {
    const { code, fields } = fromUnknown(thrown);
    return [error(code, ['pathRegexp'], fields, typeof fields['offset'] === 'number' ? { offset: fields['offset'] } : {})];
  }
}
