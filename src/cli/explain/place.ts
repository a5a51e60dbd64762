import { closest } from '../../core/errors/closest.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import { entriesOf, fieldsOf, marksOf, objectIn } from '../../core/schema/fields.ts';
import type { JsonSchema } from '../../core/schema/json-schema.ts';

/** A place in a schema: what may stand there, and how its path is written. */
export interface Place {
  readonly schema: JsonSchema;
  /** `spec.triggers[].template.k8s`; empty for the whole. */
  readonly path: string;
  readonly required: boolean;
}

/**
 * Follows the steps of a path as people write them: `triggers`, `triggers[]` and `triggers[0]` are the same, a step into a map may be a
 * name of the author's, and steps on the way may be left out as long as only one place can be meant (`sensor.triggers.k8s`).
 * Throws CONFIG_INVALID with the nearest name when there is no such place.
 */
export function placeAt(root: Place, title: string, steps: readonly string[]): Place {
  return stepsOf(steps).reduce((place, step) => next(place, step, title), root);
}

/** Without indexes: they say nothing of the field. */
const stepsOf = (steps: readonly string[]): string[] =>
  steps.map((step) => step.replace(/\[[^\]]*\]/g, '')).filter((step) => step !== '' && !/^\d+$/.test(step));

function next(place: Place, step: string, title: string): Place {
  const entry = entriesOf(place.schema);
  const found = entry ? below(place).filter(({ path }) => lastOf(path) === step) : nearest(place, step);
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    const paths = found.map(({ path }) => path).join(' or ');
    throw new EngineError('CONFIG_INVALID', { problem: `"${step}" may be any of several fields of ${title}` }, { hint: `${paths}` });
  }
  if (entry) return { schema: entry, path: `${place.path}.${step}`, required: false };
  throw missing(place, step, title);
}

/**
 * The places with this name that are nearest below: directly, else one level deeper, and so on. Of several those to which only required
 * fields lead, if there are any: `k8s` is that of a template, not that of a policy. Case is not looked at.
 */
export function nearest(place: Place, name: string): Place[] {
  let level = below(place).map((inner) => ({ inner, isSure: true }));
  while (level.length > 0) {
    const same = level.filter(({ inner }) => lastOf(inner.path).toLowerCase() === name.toLowerCase());
    const sure = same.filter(({ isSure }) => isSure);
    if (same.length > 0) return (sure.length > 0 ? sure : same).map(({ inner }) => inner);
    level = level.flatMap(({ inner, isSure }) => below(inner).map((next) => ({ inner: next, isSure: isSure && inner.required })));
  }
  return [];
}

/** The fields of a place, each with its path. */
export function below({ schema, path }: Place): Place[] {
  const at = `${path}${marksOf(schema)}`;
  return fieldsOf(schema).map(({ name, required, schema: inner }) => ({
    schema: inner,
    path: at === '' ? name : `${at}.${name}`,
    required,
  }));
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

function missing(place: Place, step: string, title: string): EngineError {
  const where = place.path === '' ? title : `${title} ${place.path}`;
  const direct = below(place);
  if (direct.length === 0) {
    const problem = isFree(place.schema)
      ? `${where} takes anything: Sensorium knows no field "${step}" there`
      : `${where} has no fields, so there is no "${step}" in it`;
    return new EngineError('CONFIG_INVALID', { problem });
  }
  const names = direct.map(({ path }) => lastOf(path));
  const near = closest(step, names) ?? closest(step, everyNameBelow(place));
  const hint = near ? `did you mean "${near}"?` : `its fields are ${names.join(', ')}`;
  return new EngineError('CONFIG_INVALID', { problem: `${where} has no field "${step}"` }, { hint });
}

const isFree = (schema: JsonSchema): boolean => objectIn(schema).type === 'object' || objectIn(schema).type === undefined;

const everyNameBelow = (place: Place): string[] => below(place).flatMap((inner) => [lastOf(inner.path), ...everyNameBelow(inner)]);
