import pc from 'picocolors';
import { showFinding } from '../../manifests/document.ts';
import type { TestReport, TestResult } from './run-tests.ts';

/** What came of tests, for a person: a line for each, what differs below it, what was never tried, and the count. */
export function showReport({ results, findings, coverage }: TestReport): string {
  const lines = findings.map(showFinding);
  for (const [index, result] of results.entries()) {
    if (results[index - 1]?.file !== result.file) lines.push(pc.bold(result.file));
    lines.push(...showResult(result));
  }
  for (const one of coverage) {
    const gaps = one.gaps();
    if (gaps.length > 0) lines.push(pc.yellow(`never tried in Sensor ${one.sensor}:`));
    for (const { place, message } of gaps) lines.push(`  ${pc.dim(place)}  ${message}`);
  }
  const failed = results.filter((one) => one.failures.length > 0).length;
  const count = `${results.length - failed} passed, ${failed} failed`;
  lines.push(failed > 0 ? pc.red(count) : pc.green(count));
  return lines.join('\n');
}

function showResult({ name, failures }: TestResult): string[] {
  if (failures.length === 0) return [`  ${pc.green('ok')}    ${name}`];
  const details = failures.flatMap(({ place, message, why }) => [`        ${place}  ${message}`, ...why.map((one) => `          ${one}`)]);
  return [`  ${pc.red('FAIL')}  ${name}`, ...details];
}
