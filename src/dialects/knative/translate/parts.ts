import type { CompiledSensor } from '../../../../sensors/compiled.ts';
import { stableId } from '../../../core/event/stable-id.ts';
import type { DialectListener, Part, RuleRef, Standing } from '../../dialect.ts';

/** What became of rules: what runs because of them, and how they stand. */
export interface Made {
  readonly parts: readonly Part[];
  readonly standings: readonly Standing[];
}

export const together = (all: readonly Made[]): Made => ({
  parts: all.flatMap(({ parts }) => parts),
  standings: all.flatMap(({ standings }) => standings),
});

interface Named {
  readonly id: string;
  readonly namespace: string;
  readonly rules: readonly RuleRef[];
  /** Everything that it is made of. */
  readonly from: unknown;
}

const partOf = ({ id, namespace, rules, from }: Named, runs: Part['runs']): Part => ({
  id,
  namespace,
  fingerprint: stableId(JSON.stringify(from)),
  rules,
  runs,
});

/** The sensor is made when it has to run, and not for each change of other rules. */
export function sensorPart(named: Named, make: () => CompiledSensor): Part {
  let sensor: CompiledSensor | undefined;
  return partOf(named, {
    get sensor() {
      sensor ??= make();
      return sensor;
    },
  });
}

export const listenerPart = (named: Named, listener: DialectListener): Part => partOf(named, { listener });

/** When a rule was made: its sensor begins there. */
export const madeAt = ({ creationTimestamp }: { readonly creationTimestamp?: string | undefined }): Date | undefined =>
  creationTimestamp === undefined ? undefined : new Date(creationTimestamp);
