import { codes, type ErrorCode } from '../../../core/errors/codes.ts';
import type { Report } from '../../../manifests/check-files.ts';
import { type PlacedFinding, showFinding, showPath } from '../../../manifests/document.ts';

/** How a report is written, without the end of its last line. `quiet` leaves out what is said when nothing is wrong. */
type Form = (report: Report, quiet: boolean) => string;

/** For people: a finding a line, what to try below it, and a last line that counts. */
const text: Form = ({ objects, findings }, quiet) => {
  const errors = count(findings, 'error');
  const warnings = count(findings, 'warning');
  const last = `${plural(objects, 'object')}, ${plural(errors, 'error')}, ${plural(warnings, 'warning')}`;
  return lines([...findings.map(showFinding), ...(quiet && findings.length === 0 ? [] : [last])]);
};

/** For programs; the form is described in `docs/guides/validate.md`, and fields are only ever added to it. */
const json: Form = ({ objects, findings }) =>
  lines([
    JSON.stringify(
      {
        objects,
        errors: count(findings, 'error'),
        warnings: count(findings, 'warning'),
        findings: findings.map((finding) => ({
          file: finding.file,
          line: finding.line,
          column: finding.column,
          severity: finding.severity,
          code: finding.code,
          path: showPath(finding.path),
          message: finding.message,
          hint: hintOf(finding) ?? null,
        })),
      },
      undefined,
      2,
    ),
  ]);

/** Workflow commands, which GitHub shows beside the lines of a pull request. */
const github: Form = ({ findings }) =>
  lines(
    findings.map((finding) => {
      const hint = hintOf(finding);
      const message = hint === undefined ? finding.message : `${finding.message}\ntry: ${hint}`;
      const place = `file=${property(finding.file)},line=${finding.line},col=${finding.column},title=${finding.code}`;
      return `::${finding.severity} ${place}::${escaped(message)}`;
    }),
  );

export const forms = { text, json, github } as const;

function hintOf({ code, hint }: PlacedFinding): string | undefined {
  const known: ErrorCode = codes[code];
  return hint ?? known.hint;
}

const escaped = (value: string): string => value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (value: string): string => escaped(value).replaceAll(':', '%3A').replaceAll(',', '%2C');

const lines = (all: readonly string[]): string => all.join('\n');
const count = (findings: readonly PlacedFinding[], severity: string): number => findings.filter((one) => one.severity === severity).length;
const plural = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
