import { Refusal } from '../status.ts';
import { pathsOf } from './field-set.ts';
import type { Manager } from './managers.ts';

/** Throws 409: each manager with the fields that it owns and the apply would have changed. */
export function refuseConflicts(conflicts: readonly Manager[]): never {
  const all = conflicts.map((manager) => ({ who: describe(manager), paths: pathsOf(manager.fields!) }));
  const causes = all.flatMap(({ who, paths }) =>
    paths.map((field) => ({ reason: 'FieldManagerConflict', message: `conflict with ${who}`, field })),
  );
  causes.sort((a, b) => (a.field < b.field ? -1 : 1));
  all.sort((a, b) => (a.who < b.who ? -1 : 1));
  const count = causes.length === 1 ? '1 conflict' : `${causes.length} conflicts`;
  const several = all.map(({ who, paths }) => `conflicts with ${who}:\n${paths.map((path) => `- ${path}`).join('\n')}`).join('\n');
  const sentence = causes.length === 1 ? `${causes[0]!.message}: ${causes[0]!.field}` : several;
  throw new Refusal(409, 'Conflict', `Apply failed with ${count}: ${sentence}`, { causes });
}

function describe({ manager, operation, apiVersion, subresource }: Manager): string {
  const place = subresource === undefined ? '' : ` with subresource ${JSON.stringify(subresource)}`;
  return `${JSON.stringify(manager)}${place}${operation === 'Update' ? ` using ${apiVersion}` : ''}`;
}
