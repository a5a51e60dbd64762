/**
 * `sensorium validate`: every finding of the files at once, with its place, before the first event. Needs no cluster and no bus.
 */
import { checkLoaded, type Report } from '../../manifests/check-files.ts';
import type { PlacedFinding } from '../../manifests/document.ts';
import { isRuleFile, loadRules } from '../../manifests/load.ts';
import { forms } from './validate/forms.ts';

export interface ValidateFlags {
  readonly namespace?: string;
  readonly strict: boolean;
  readonly output: keyof typeof forms;
  readonly quiet: boolean;
}

/** Prints the report and sets the exit code: 2 when there is an error, else 0. */
export async function validate(paths: readonly string[], flags: ValidateFlags): Promise<void> {
  const loaded = loadRules(paths.filter(isRuleFile), { namespace: flags.namespace ?? 'default' });
  const report = judged(checkLoaded(loaded), flags);
  process.stdout.write(forms[flags.output](report, flags.quiet));
  if (report.findings.some(({ severity }) => severity === 'error')) process.exitCode = 2;
}

/** `--strict` makes errors of warnings; `--quiet` leaves warnings out. */
function judged({ objects, findings }: Report, { strict, quiet }: ValidateFlags): Report {
  const judge = (finding: PlacedFinding): PlacedFinding => (strict ? { ...finding, severity: 'error' } : finding);
  return { objects, findings: findings.map(judge).filter(({ severity }) => !quiet || severity === 'error') };
}
