import type { Finding } from '../core/errors/finding.ts';
import type { JsonObject } from '../core/json/json.ts';
import type { CheckOptions } from '../core/schema/kind.ts';
import { valueAt } from '../core/schema/read.ts';
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
  if (errors.length === 0) return { allowed: true, warnings: findings.map((one) => showFindingIn(object, one)) };
  const causes = errors.map((one) => causeOf(one, object));
  return { allowed: false, message: causes.map(sentenceOf).join('; '), causes };
}

/** A finding in one sentence, with its place in the object. */
export const showFindingIn = (object: JsonObject, finding: Finding): string => sentenceOf(causeOf(finding, object));

function causeOf({ path, message, hint, code, offset }: Finding, object: JsonObject) {
  const whole = `${message}${offset === undefined ? '' : placeIn(valueAt(object, path), offset)}`;
  return { field: showPath(path), message: hint === undefined ? whole : `${whole} (try: ${hint})`, reason: code };
}

/** The API server never sees the file: a place in a program or a template is told within that text. */
function placeIn(text: unknown, offset: number): string {
  if (typeof text !== 'string') return '';
  const before = text.slice(0, offset).split('\n');
  const column = `column ${before.at(-1)!.length + 1}`;
  return text.trimEnd().includes('\n') ? ` at line ${before.length}, ${column} of the text` : ` at ${column} of the text`;
}

const sentenceOf = ({ field, message }: { field: string; message: string }) => (field ? `${field}: ${message}` : message);
