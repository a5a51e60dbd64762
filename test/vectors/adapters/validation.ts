import { checkRule } from '../../../src/manifests/check.ts';
import type { Adapter, Answer, Case } from '../adapter.ts';

/** A spec as a rule. Argo ends with the first thing that is wrong; we tell all of them. */
export const validation: Adapter = {
  compare: { error: tells },
  run({ kind, bus, spec }): Answer {
    return { error: [...problemsOf(kind, spec), ...(bus === 'nats' ? problemsOf('EventBus', { nats: { native: {} } }) : [])] };
  },
};

function problemsOf(kind: string, spec: Case): string[] {
  const metadata = { name: 'x', namespace: 'ns' };
  const { findings = [] } = checkRule({ apiVersion: 'argoproj.io/v1alpha1', kind, metadata, spec }) ?? {};
  return findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

/** Whether Argo's text is among ours, where the reason may follow it; nothing may be told of what is accepted. */
function tells(expected: unknown, got: unknown): boolean {
  const problems = got as readonly string[];
  if (expected instanceof RegExp) return problems.some((problem) => expected.test(problem));
  if (typeof expected !== 'string') return problems.length === 0;
  const wanted = expected.replace(place, '');
  const ofLibrary = /^error parsing regexp(: .*)$/.exec(wanted)?.[1];
  if (ofLibrary !== undefined) return problems.some((problem) => problem.endsWith(ofLibrary));
  return problems.some((problem) => problem === wanted || (wanted !== '' && problem.startsWith(`${wanted}: `)));
}

/** Where it is wrong, which is not in the text of our findings: they have a place in the file. */
const place =
  /^(?:trigger for )?(?:template \S+ is invalid, )?(?:(?:resource|payload|template) parameter index: \d+\. err: |payload index: \d+\. err: )?/;
