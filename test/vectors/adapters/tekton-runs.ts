import { paramValue } from '../../../sensors/triggers/tekton/param-value.ts';
import { outcomeOf } from '../../../sensors/triggers/tekton/run-outcome.ts';
import type { Adapter } from '../adapter.ts';

export const tektonRunOutcome: Adapter = {
  run: ({ status }) => ({ want: outcomeOf({ status }).state }),
};

export const tektonParamValue: Adapter = {
  run({ json }) {
    const want = paramValue(json);
    const wantType = typeof want === 'string' ? 'string' : Array.isArray(want) ? 'array' : 'object';
    return { want, wantType };
  },
};
