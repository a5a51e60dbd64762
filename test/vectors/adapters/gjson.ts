import { compilePath } from '../../../src/core/json/path/index.ts';
import type { Adapter } from '../adapter.ts';

export const gjson: Adapter = {
  run(one) {
    const found = compilePath(one.path).get(one.json);
    if (!found) return { exists: false };
    return { exists: true, type: found.type, raw: found.raw, string: found.text, bool: found.boolean, float: goFloat(found.number) };
  },
};

/** What is not finite stands in the cases as Go prints it. */
function goFloat(value: number): number | string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? value : value > 0 ? '+Inf' : '-Inf';
}
