import type { ConditionSpec } from '../../../sensors/conditions/compile.ts';
import type { Firing } from '../../../sensors/triggers/trigger.ts';
import { buildJoin } from '../../support/build-join.ts';
import { buildDependency, buildSensor, buildTrigger } from '../../support/build-sensor.ts';
import type { workplace } from './workplace.ts';

const names = ['a', 'b', 'c'];

/** A sensor whose trigger waits as the conditions say, and what it has fired: "a=1 b=2". */
export function joining(spec: ConditionSpec, fingerprints: Record<string, string> = {}) {
  const fired: string[] = [];
  const deed = ({ events }: Firing): void => {
    fired.push([...events].map(([name, { id }]) => `${name}=${id}`).join(' '));
  };
  const dependencies = names.map((name) => ({ ...buildDependency(name, name), fingerprint: fingerprints[name] ?? '' }));
  return { fired, sensor: buildSensor([buildTrigger('join', deed, buildJoin(spec, names))], dependencies) };
}

/** Publishes events, each as `subject:id` or `subject:id:key`, one after another. */
export async function at(place: ReturnType<typeof workplace>, ...events: string[]): Promise<void> {
  for (const event of events) {
    const [subject, id, key] = event.split(':') as [string, string, string | undefined];
    await place.publish(id, { subject, data: key === undefined ? {} : { key } });
    await place.clock.turn(20);
  }
}
