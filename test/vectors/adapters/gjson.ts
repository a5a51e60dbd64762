import { compilePath } from '../../../src/core/json/path/index.ts';
import type { Adapter } from '../adapter.ts';
import { goFloat } from './go-float.ts';

export const gjson: Adapter = {
  run(one) {
    const found = compilePath(one.path).get(one.json);
    if (!found) return { exists: false };
    return { exists: true, type: found.type, raw: found.raw, string: found.text, bool: found.boolean, float: goFloat(found.number) };
  },
};
