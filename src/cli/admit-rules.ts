import type { JsonObject } from '../core/json/json.ts';
import type { CheckOptions } from '../core/schema/kind.ts';
import { checkRule } from '../manifests/check.ts';
import { showPath } from '../manifests/document.ts';

/** The local API's door: a broken rule is refused with every finding, as kubectl then prints it. */
export async function admitRules(
  object: JsonObject,
  options?: CheckOptions,
): Promise<{ allowed: true } | { allowed: false; message: string; causes: { field: string; message: string; reason: string }[] }> {
  const checked = checkRule(object, options);
  const errors = checked?.rule ? [] : (checked?.findings ?? []).filter((finding) => finding.severity === 'error');
  if (errors.length === 0) return { allowed: true };
  const causes = errors.map(({ path, message, hint, code }) => ({
    field: showPath(path),
    message: hint === undefined ? message : `${message} (try: ${hint})`,
    reason: code,
  }));
  return { allowed: false, message: causes.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join('; '), causes };
}
