import { compileArgoExpression, compileGovaluate } from '../../../src/core/expression/index.ts';
import { parseJson } from '../../../src/core/json/parse.ts';
import { type Adapter, attempt } from '../adapter.ts';
import { goFloat } from './go-float.ts';

export const govaluate: Adapter = {
  compare: { error: 'failed' },
  async run({ expression, vars }) {
    const { value, error } = await attempt(() => compileGovaluate(expression).evaluate(vars));
    return { result: typeof value === 'number' ? goFloat(value) : (value ?? null), error };
  },
};

export const eventsourceFilter: Adapter = {
  compare: { error: 'failed' },
  async run({ expression, data }) {
    const { value, error } = await attempt(() => compileArgoExpression(expression).holds(parseJson(data)));
    return { pass: value ?? false, error };
  },
};
