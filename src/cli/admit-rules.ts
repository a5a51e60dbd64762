import type { Finding } from '../core/errors/finding.ts';
import type { JsonObject } from '../core/json/json.ts';
import type { CheckOptions } from '../core/schema/kind.ts';
import { checkRule } from '../manifests/check.ts';
import { showPath } from '../manifests/document.ts';

type Admission =
  | { allowed: true; warnings: string[] }
  | { allowed: false; message: string; causes: { field: string; message: string; reason: string }[] };

/** The local API's door: a broken rule is refused with every error, what is only doubtful becomes warnings; kubectl prints both. */
export async function admitRules(object: JsonObject, options?: CheckOptions): Promise<Admission> {
  const checked = checkRule(object, options);
  const findings = checked?.findings ?? [];
  const errors = checked?.rule ? [] : findings.filter((finding) => finding.severity === 'error');
  if (errors.length === 0) return { allowed: true, warnings: findings.map(causeOf).map(sentenceOf) };
  const causes = errors.map(causeOf);
  return { allowed: false, message: causes.map(sentenceOf).join('; '), causes };
}

const causeOf = ({ path, message, hint, code }: Finding) => ({
  field: showPath(path),
  message: hint === undefined ? message : `${message} (try: ${hint})`,
  reason: code,
});

const sentenceOf = ({ field, message }: { field: string; message: string }) => (field ? `${field}: ${message}` : message);
