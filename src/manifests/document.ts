import { codes, type ErrorCode } from '../core/errors/codes.ts';
import type { Finding, Path } from '../core/errors/finding.ts';
import type { JsonObject } from '../core/json/json.ts';
import type { YamlDocument } from '../core/yaml/documents.ts';

/** One object of a rule file, with the place it came from. */
export interface LoadedObject {
  readonly file: string;
  readonly object: JsonObject;
  readonly yaml: YamlDocument;
  /** Where the object stands in the document: not at its root when it is an item of a List. */
  readonly at: Path;
}

/** A finding with its place. `file` is what the user wrote on the command line, or found below it. */
export interface PlacedFinding extends Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export function placed(finding: Finding, { file, yaml, at = [] }: Pick<LoadedObject, 'file' | 'yaml'> & { at?: Path }): PlacedFinding {
  const options = { ...(finding.atKey ? { atKey: true } : {}), ...(finding.offset === undefined ? {} : { offset: finding.offset }) };
  return { ...finding, file, ...yaml.positionOf([...at, ...finding.path], options) };
}

/** `sensor.yaml:14:9  error  what is wrong  CODE`, and what to try on a line of its own. */
export function showFinding(finding: PlacedFinding): string {
  const known: ErrorCode = codes[finding.code];
  const hint = finding.hint ?? known.hint;
  const head = `${finding.file}:${finding.line}:${finding.column}  ${finding.severity}  ${finding.message}  ${finding.code}`;
  return hint === undefined ? head : `${head}\n  try: ${hint}`;
}

/** spec.triggers[0].template, as Kubernetes writes field paths. */
export function showPath(path: Finding['path']): string {
  return path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${step}` : step), '');
}
