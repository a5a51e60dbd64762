import { setRaw, setString } from '../../../src/core/json/set-path/index.ts';
import { type Adapter, attempt } from '../adapter.ts';

export const sjson: Adapter = {
  compare: { error: 'failed' },
  async run(one) {
    const set = () => (one.raw === undefined ? setString(one.json, one.path, one.value) : setRaw(one.json, one.path, one.raw));
    const { value, error } = await attempt(set);
    return { result: value ?? null, error };
  },
};
