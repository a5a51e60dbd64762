import { expect, test } from 'vitest';
import type { Programs } from '../../../../src/core/schema/kind.ts';
import { compiledSensor, findingTexts } from '../../../support/compile-sensor.ts';

const source = { resource: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', metadata: { name: 'w' } } };
const at = 'spec.triggers.0.template.argoWorkflow';
const advice = '(install `argo` where the sensor runs, and name it by --argo)';

const findings = (argoWorkflow: object, programs: Programs = {}): string[] =>
  findingTexts(compiledSensor({ triggers: [{ template: { name: 't', argoWorkflow } }] }, { programs }).findings);

test('Argo’s own sentences say what is missing', () => {
  expect(findings({ operation: 'submit' })).toEqual([`error ${at}.source: argoWorkflow trigger does not contain an absolute action`]);
  expect(findings({ source })).toEqual([`error ${at}.operation: unknown operation type `]);
  expect(findings({ source, operation: 'start' })).toEqual([
    `error ${at}.operation: unknown operation type start (one of submit, submit-from, resubmit, resume, retry, suspend, terminate, stop)`,
  ]);
});

test('retry needs the program: refused where there is none, told where that is not known', () => {
  const because = 'retry needs the program `argo`, which knows which steps have to run again';
  const retry = { source, operation: 'retry' };

  expect(findings(retry, { argo: false })).toEqual([`error ${at}.operation: ${because} ${advice}`]);
  expect(findings(retry)).toEqual([`warning ${at}.operation: ${because} ${advice}`]);
  expect(findings(retry, { argo: { path: 'argo', flags: [] } })).toEqual([]);
});

test('a flag that only the program understands is refused without it', () => {
  const submit = { source, operation: 'submit', args: ['-p', 'a=b', '--wait', '-o', 'json'] };

  expect(findings(submit, { argo: false })).toEqual([
    `error ${at}.args.2: the flag --wait of \`argo submit\` needs the program \`argo\` ${advice}`,
    `error ${at}.args.3: the flag -o of \`argo submit\` needs the program \`argo\` ${advice}`,
  ]);
  expect(findings(submit)).toHaveLength(2);
  expect(findings(submit, { argo: { path: 'argo', flags: [] } })).toEqual([]);
});

test('what flags lack is said at their place', () => {
  expect(findings({ source, operation: 'submit', args: ['-p', 'branch', 'x', '--priority', 'high', '-l', 'a=b,c', '--name'] })).toEqual([
    `error ${at}.args.1: -p needs name=value, not "branch"`,
    `error ${at}.args.2: "x" is no flag`,
    `error ${at}.args.4: --priority needs a whole number, not "high"`,
    `error ${at}.args.6: -l needs name=value, joined by commas, not "a=b,c"`,
    `error ${at}.args.7: --name needs a value in the item behind it`,
  ]);
});

test('a flag that belongs to another operation is not understood', () => {
  expect(findings({ source, operation: 'stop', args: ['-p', 'a=b', '-n', 'elsewhere'] }, { argo: false })).toEqual([
    `error ${at}.args.0: the flag -p of \`argo stop\` needs the program \`argo\` ${advice}`,
  ]);
});
