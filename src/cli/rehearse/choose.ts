import { closest } from '../../core/errors/closest.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import type { JqEngine } from '../../core/jq/index.ts';
import type { Clock } from '../../core/time/clock.ts';
import type { DialectFile } from './dialects/rules.ts';
import type { Rehearsed } from './rehearse.ts';
import { chooseSensor, readySensor, type SensorFile } from './sensors.ts';

/** A rule of files that takes events. */
export type Choice =
  | { readonly kind: 'sensor'; readonly file: SensorFile }
  /** A rule of another system, or one of its triggers. */
  | { readonly kind: 'dialect'; readonly file: DialectFile; readonly trigger: string | undefined };

interface Choosable {
  readonly sensors: readonly SensorFile[];
  readonly dialects: readonly DialectFile[];
}

/**
 * The one that is meant: by its name, `namespace/name`, `Kind:name`, or the name of one of its triggers. Throws CONFIG_MISSING when there
 * is none of that name, or several; `byName` tells how to say it.
 */
export function chooseRule({ sensors, dialects }: Choosable, name: string | undefined, how: { where: string; byName: string }): Choice {
  if (dialects.length === 0) return { kind: 'sensor', file: chooseSensor(sensors, name, how) };
  const all: Choice[] = [
    ...sensors.map((file) => ({ kind: 'sensor', file }) as const),
    ...dialects.map((file) => ({ kind: 'dialect', file, trigger: undefined }) as const),
  ];
  const { where, byName } = how;
  const found = name === undefined ? all : matching(all, name);
  const [only] = found;
  if (only && found.length === 1) return only;
  const problem = (problem: string, hint: string): EngineError => new EngineError('CONFIG_MISSING', { problem }, { hint });
  if (name === undefined) throw problem(`${where} holds several rules: ${all.map(titleOf).join(', ')}`, `say which one: ${byName}`);
  if (only)
    throw problem(
      `${where} holds several rules that "${name}" may mean: ${found.map(titleOf).join(', ')}`,
      `write ${namesOf(only)[0]} in the place of ${name}`,
    );
  const near = closest(name, all.flatMap(namesOf));
  throw problem(
    `${where} holds no rule "${name}" that takes events`,
    near ? `did you mean "${near}"?` : `it holds ${all.map(titleOf).join(', ')}`,
  );
}

/** The rule of another system that is meant by its parts: see `given` of a test. Throws as `chooseRule` does. */
export function chooseOther(
  rules: Choosable,
  { listener, trigger, rule }: { listener?: string | undefined; trigger?: string | undefined; rule?: string | undefined },
  how: { where: string; byName: string },
): Extract<Choice, { kind: 'dialect' }> {
  const others = { sensors: [], dialects: rules.dialects };
  if (others.dialects.length === 0)
    throw new EngineError('CONFIG_MISSING', { problem: `${how.where} holds no rule "${rule ?? listener ?? trigger}" that takes events` });
  const name = listener === undefined ? (rule ?? `Trigger:${trigger}`) : listener.replace(/^(.*\/)?/, '$1EventListener:');
  const choice = chooseRule(others, name, how) as Extract<Choice, { kind: 'dialect' }>;
  if (listener === undefined || trigger === undefined) return choice;
  const { title, triggers } = choice.file;
  if (triggers.includes(trigger)) return { ...choice, trigger };
  throw new EngineError('CONFIG_MISSING', { problem: `${title} has no trigger ${trigger}` }, { hint: `it has ${triggers.join(', ')}` });
}

/** Rules of that name, else rules with a trigger of that name, else what others name and is not in the files. */
function matching(all: readonly Choice[], name: string): Choice[] {
  const named = all.filter((one) => namesOf(one).includes(name));
  const written = named.filter((one) => one.kind === 'sensor' || one.file.isWritten);
  if (written.length > 0) return written;
  const trigger = name.replace(/^(?:Trigger|Subscription):/, '');
  const having = all.flatMap((one) => {
    if (one.kind === 'sensor') return [];
    // Those of a group are called GROUP/NAME, and those of another namespace NAMESPACE/NAME.
    return one.file.triggers.filter((id) => id === trigger || id.endsWith(`/${trigger}`)).map((id) => ({ ...one, trigger: id }));
  });
  return having.length > 0 ? having : named;
}

/** `Kind:name` first. */
function namesOf(one: Choice): string[] {
  if (one.kind === 'sensor') {
    const { name, sensor } = one.file;
    return [`Sensor:${name}`, name, `${sensor.metadata.namespace}/${name}`];
  }
  const { name, namespace } = one.file;
  const own = name.slice(name.indexOf(':') + 1);
  return [name, own, `${namespace}/${name}`, `${namespace}/${own}`];
}

const titleOf = (one: Choice): string => {
  if (one.kind === 'sensor') return `Sensor ${one.file.sensor.metadata.namespace}/${one.file.name}`;
  return one.trigger === undefined ? one.file.title : `trigger ${one.trigger} of ${one.file.title}`;
};

export const namespaceOf = (one: Choice): string => (one.kind === 'sensor' ? one.file.sensor.metadata.namespace : one.file.namespace);

/** Ready to take events. */
export const readyFor = (one: Choice, options: { clock: Clock; jq?: JqEngine | undefined }): Rehearsed =>
  one.kind === 'sensor' ? readySensor(one.file, options) : one.file.ready(one.trigger);
