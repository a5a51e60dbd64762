/** What Argo's sensors call their things on a bus. */
import type { CompiledDependency, CompiledSensor } from '../compiled.ts';

/** 32-bit FNV-1a of a text's bytes. */
export function fnv32a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

/** The durable of a trigger and dependency. */
export const argoDurable = (sensor: string, trigger: string, dependency: string): string =>
  `group-${fnv32a(`${sensor}-${trigger}-${dependency}`)}`;

/** The bucket is named like the sensor; under this key in it an event is held. */
export const argoKey = (trigger: string, dependency: string): string => `${trigger}/${dependency}`;

/** What one trigger waits for: it has a durable of its own for it. */
export interface Waited {
  readonly trigger: string;
  readonly dependency: CompiledDependency;
  /**
   * The name of its durable. Dependencies of one trigger that wait for the same event share one, named after the last of them in the
   * conditions; after a change of those it may be another's, so all come into question, the likeliest first.
   */
  readonly durables: readonly [string, ...string[]];
}

export function waitedFor({ name: sensor, dependencies, triggers }: CompiledSensor): Waited[] {
  const byName = new Map(dependencies.map((one) => [one.name, one]));
  return triggers.flatMap(({ name: trigger, dependencies: names }) => {
    const those = names.flatMap((name) => byName.get(name) ?? []);
    return those.map((dependency) => {
      const sharing = those.filter(({ source, subject }) => source === dependency.source && subject === dependency.subject);
      const durables = sharing.toReversed().map(({ name }) => argoDurable(sensor, trigger, name));
      return { trigger, dependency, durables: durables as [string, ...string[]] };
    });
  });
}
