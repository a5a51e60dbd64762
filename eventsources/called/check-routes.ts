import { error, type Finding } from '../../src/core/errors/finding.ts';
import { isObject } from '../../src/core/json/json.ts';

/** Entries that want to be called at the same port and path: only one of them can be. `entries` are those of one type by name. */
export function checkRoutes(types: readonly (readonly [type: string, entries: Readonly<Record<string, unknown>>])[]): Finding[] {
  const owners = new Map<string, string>();
  return types.flatMap(([type, entries]) =>
    Object.entries(entries).flatMap(([name, entry]) => {
      const place = placeOf(entry);
      if (!place) return [];
      const { port, endpoint, at } = place;
      const first = owners.get(`${port} ${endpoint}`);
      if (first === undefined) owners.set(`${port} ${endpoint}`, name);
      if (first === undefined || port === '0') return [];
      const problem = `"${first}" has the path ${endpoint} of port ${port} already, so "${name}" would never be called`;
      return [
        error('CONFIG_INVALID', ['spec', type, name, ...at, 'endpoint'], { problem }, { hint: 'give one of them another port or path' }),
      ];
    }),
  );
}

/** Where an entry is called, and where in it that stands; undefined for one that is not called. */
function placeOf(entry: unknown): { port: string; endpoint: string; at: string[] } | undefined {
  if (!isObject(entry)) return undefined;
  const at = isObject(entry['webhook']) ? ['webhook'] : [];
  const { port, endpoint } = (at.length > 0 ? entry['webhook'] : entry) as Record<string, unknown>;
  return typeof port === 'string' && typeof endpoint === 'string' ? { port, endpoint, at } : undefined;
}
