/**
 * `sensorium validate`: every finding of the files at once, with its place, before the first event. Needs no cluster and no bus;
 * with `--connect` it asks them, too.
 */
import { checkLoaded, inOrder, type Report } from '../../manifests/check-files.ts';
import type { PlacedFinding } from '../../manifests/document.ts';
import { isRuleFile, loadRules } from '../../manifests/load.ts';
import type { BusFlags, KubeFlags } from '../flags.ts';
import type { Output } from '../output.ts';
import { forms } from './validate/forms.ts';

export interface ValidateFlags extends KubeFlags, BusFlags {
  readonly namespace?: string;
  readonly strict: boolean;
  readonly output: keyof typeof forms;
  readonly quiet: boolean;
  readonly connect: boolean;
}

/**
 * Writes the report. Resolves with the exit code: 2 when there is an error, else 0. With `--connect` it rejects with UNREACHABLE_* when
 * nobody is there, after what is known has been written.
 */
export async function validate(paths: readonly string[], flags: ValidateFlags, { write }: Output): Promise<number> {
  const loaded = await loadRules(paths.filter(isRuleFile), { namespace: flags.namespace ?? 'default' });
  const checked = checkLoaded(loaded);
  const found: PlacedFinding[] = [];
  const tell = (): number => {
    const report = judged({ ...checked, findings: inOrder([...checked.findings, ...found]) }, flags);
    const text = forms[flags.output](report, flags.quiet);
    if (text !== '') write(text);
    return report.findings.some(({ severity }) => severity === 'error') ? 2 : 0;
  };
  if (!flags.connect) return tell();
  const { askAround } = await import('./validate/connect.ts');
  await askAround(loaded.objects, flags, (finding) => found.push(finding)).catch((thrown: unknown) => {
    tell();
    throw thrown;
  });
  return tell();
}

/** `--strict` makes errors of warnings; `--quiet` leaves warnings out. */
function judged({ objects, findings }: Report, { strict, quiet }: ValidateFlags): Report {
  const judge = (finding: PlacedFinding): PlacedFinding => (strict ? { ...finding, severity: 'error' } : finding);
  return { objects, findings: findings.map(judge).filter(({ severity }) => !quiet || severity === 'error') };
}
