import type { JsonObject } from '../../../src/core/json/json.ts';
import { checkRule } from '../../../src/manifests/check.ts';

/** The errors of a rule of this kind with this spec. */
export const errorsOf = (kind: string, spec: JsonObject): string[] => {
  const { findings } = checkRule({ apiVersion: 'argoproj.io/v1alpha1', kind, metadata: { name: 'x', namespace: 'ns' }, spec })!;
  return findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
};

/** Of a Secret. */
export const secret = { name: 'a', key: 'b' };
