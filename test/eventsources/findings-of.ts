import type { Json, JsonObject } from '../../src/core/json/json.ts';
import { checkRule } from '../../src/manifests/check.ts';

/** What is said of an EventSource with one entry: severity, place in the entry, sentence. */
export function findingsOf(type: string, entry: object): string[] {
  const spec = { [type]: { calls: JSON.parse(JSON.stringify(entry)) as Json } };
  const object: JsonObject = { apiVersion: 'argoproj.io/v1alpha1', kind: 'EventSource', metadata: { name: 'es' }, spec };
  return checkRule(object)!.findings.map(({ severity, path, message }) => `${severity} ${path.slice(3).join('.')}: ${message}`);
}
