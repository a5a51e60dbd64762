import { inspect } from 'node:util';
import { differences } from './differences.ts';
import type { Failure, PartResult } from './runner.ts';

/** One line for a part, and what failed in it. */
export function partText({ part, passed, failures, skipped }: PartResult): string {
  const counts = [passed > 0 ? `${passed} passed` : '', failures.length > 0 ? `${failures.length} failed` : ''];
  for (const [because, cases] of skipped) counts.push(`${cases} skipped: ${because}`);
  return [`${part}  ${counts.filter(Boolean).join(', ')}`, ...failures.map(failureText)].join('\n');
}

/** The last line of a run, for people and for programs. */
export function totalText(results: readonly PartResult[]): string {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const result of results) {
    total.passed += result.passed;
    total.failed += result.failures.length;
    for (const cases of result.skipped.values()) total.skipped += cases;
  }
  return `${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`;
}

/** The table of differences, with the number of cases under each row. */
export function differencesText(results: readonly PartResult[]): string {
  return differences
    .map((row) => {
      const cases = results.reduce((sum, result) => sum + (result.differing.get(row) ?? 0), 0);
      return `${String(cases).padStart(4)}  ${row.parts.join(', ')}: ${row.because}`;
    })
    .join('\n');
}

export function failureText({ name, input, expected, got }: Failure): string {
  const rows = Object.entries({ input, expected, got }).map(([title, value]) => `    ${title.padEnd(9)} ${shortened(value)}`);
  return [`  ✗ ${name}`, ...rows].join('\n');
}

function shortened(value: unknown): string {
  const text = inspect(value, { depth: 8, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 600, maxArrayLength: 20 });
  return text.length > 1500 ? `${text.slice(0, 1500)} …` : text;
}
