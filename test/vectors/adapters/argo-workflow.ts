import { buildEvent } from '../../support/build-sensor.ts';
import { compiledSensor, prepareOf } from '../../support/compile-sensor.ts';
import { type Adapter, attempt } from '../adapter.ts';

/** What the trigger would run, where the program `argo` is there. */
export const argoWorkflow: Adapter = {
  compare: { error: (expected, got) => (expected === null ? got === null : String(got).endsWith(String(expected))) },
  async run({ operation, resource, args = [] }) {
    const trigger = { template: { name: 'act', argoWorkflow: { operation, source: { resource }, args } } };
    const { value, error } = await attempt(async () => {
      const { compiled, findings } = compiledSensor({ triggers: [trigger] }, { programs: { argo: { path: 'argo', flags: [] } } });
      if (!compiled) throw new Error(findings.find((one) => one.severity === 'error')?.message);
      return (await prepareOf(compiled, buildEvent('1'), { namespace: '<sensor namespace>' })).rendered;
    });
    return { command: (value as { command: string[] } | undefined)?.command ?? null, error };
  },
};
