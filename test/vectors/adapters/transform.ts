import { compileJqTransform } from '../../../sensors/transforms/jq.ts';
import { type Adapter, attempt } from '../adapter.ts';
import { argoEvent } from './argo-event.ts';

export const transform: Adapter = {
  compare: { error: 'failed' },
  async run({ script, data }) {
    const { value, error } = await attempt(() => compileJqTransform(script)(argoEvent({ data })!));
    return { data: value?.data?.text ?? null, error };
  },
};
