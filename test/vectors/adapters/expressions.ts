import { compileGovaluate } from '../../../src/core/expression/index.ts';
import { type Adapter, attempt } from '../adapter.ts';

export const govaluate: Adapter = {
  compare: { error: 'failed' },
  async run({ expression, vars }) {
    const { value, error } = await attempt(() => compileGovaluate(expression).evaluate(vars));
    return { result: value === Number.POSITIVE_INFINITY ? '+Inf' : (value ?? null), error };
  },
};
