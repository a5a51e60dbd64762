import { compileJqTransform } from '../../../sensors/transforms/jq.ts';
import { compileLuaTransform } from '../../../sensors/transforms/lua.ts';
import { type Adapter, attempt } from '../adapter.ts';
import { argoEvent } from './argo-event.ts';

export const transform: Adapter = {
  compare: { error: 'failed' },
  async run({ kind, script, data }) {
    const compile = kind === 'lua' ? compileLuaTransform : compileJqTransform;
    const { value, error } = await attempt(() => compile(script)(argoEvent({ data })!));
    return { data: value?.data?.text ?? null, error };
  },
};
