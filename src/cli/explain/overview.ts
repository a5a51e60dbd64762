import { parts } from '../../manifests/generate/parts.ts';
import { subjects } from './subjects.ts';

/** What can be asked for. */
export function overview(): string {
  const kinds = subjects.map(({ title, shortNames, summary }) => [title, shortNames.join(', '), summary]);
  const types = parts.map(({ what, component }) => [component.type, what, component.summary]);
  return [
    table('KINDS', kinds),
    table('TYPES', types),
    [
      'ASK FOR:',
      '  sensorium explain sensor                        a kind',
      '  sensorium explain sensor.spec.triggers          a field of it; steps may be left out: sensor.triggers',
      '  sensorium explain k8s                           a type of trigger or event source, with examples',
      '  sensorium explain sensor --recursive            all fields',
      '  sensorium explain CONFIG_JQ                     an error code: what it means and what to do',
    ].join('\n'),
  ].join('\n\n');
}

function table(title: string, rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return [
    `${title}:`,
    ...rows.map(
      (row) =>
        `  ${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()}`,
    ),
  ].join('\n');
}
