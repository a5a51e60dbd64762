import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Event } from '../../src/core/event/event.ts';
import { nearestTo } from '../../src/core/json/nearest.ts';
import type { FiltersSpec } from './registry.ts';

/**
 * What the author of a clause that refused an event probably meant: the nearest keys where a path of it does not exist, or what is
 * easily overlooked. `at` is the clause as in its verdict. For people who look at one event: it is too slow for every one.
 */
export function hintAt(filters: FiltersSpec | undefined, at: string, event: Event): string | undefined {
  const paths = pathsAt(filters, at);
  if (paths.length > 0) return hintFor(paths, event);
  if (at === 'filters.time' && !filters?.time?.timezone) return 'the times are meant in UTC; set `timezone` for another zone';
  const [, attribute] = /^filters\.context\.(type|subject|source|datacontenttype)$/.exec(at) ?? [];
  const wanted = attribute && filters?.context?.[attribute as 'type'];
  if (!wanted || wanted.toLowerCase() !== event[attribute as 'type'].toLowerCase()) return undefined;
  return 'they differ in the case of letters only';
}

/** The nearest keys of the first of these paths that the payload does not have. */
export function hintFor(paths: readonly string[], { data }: Event): string | undefined {
  if (!data) return 'the event has no payload';
  try {
    for (const path of paths) {
      const hint = nearestTo(path, data.json);
      if (hint !== undefined) return hint;
    }
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
  }
  return undefined;
}

/** The paths that a clause reads; those of all its clauses for a whole kind of filter. */
function pathsAt(filters: FiltersSpec | undefined, at: string): string[] {
  const [, field, index] = /^filters\.(data|exprs)(?:\[(\d+)\])?/.exec(at) ?? [];
  const which = <T>(list: readonly T[] | undefined): readonly T[] =>
    index === undefined ? (list ?? []) : (list ?? []).slice(+index, +index + 1);
  if (field === 'data') return which(filters?.data).map((one) => one.path);
  return field === 'exprs' ? which(filters?.exprs).flatMap((one) => one.fields.map(({ path }) => path)) : [];
}
