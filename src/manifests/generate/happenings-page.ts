import { argoMetrics, buildInfo, labelsOf } from '../../core/telemetry/argo-metrics.ts';
import { type Happening, happenings } from '../../core/telemetry/happenings.ts';
import { type GeneratedFile, page } from './generated-file.ts';

/** What is counted and what is logged, from the one table of happenings. */
export function happeningsPage(): GeneratedFile {
  const rows = Object.entries(happenings) as [string, Happening][];
  return page('metrics.md', [
    '# Metrics and log',
    'Each process serves `/metrics` in the text form of Prometheus (`--port`), with the series below and those of the Node process itself.',
    table(['metric', 'type', 'labels', ''], metrics(rows)),
    '## Metrics of Argo Events',
    'The same under the names that Argo Events has for them, so that its dashboards go on working. `namespace` is that of the EventSource or Sensor.',
    table(
      ['metric', 'type', 'labels', ''],
      [...argoMetrics.map(({ name, type, of, help }) => ({ name, type, labels: [...labelsOf[of], 'namespace'], help })), buildInfo].map(
        ({ name, type, labels, help }) => [`\`${name}\``, type, labels.join(', '), help],
      ),
    ),
    '## Log',
    'One JSON object a line: `time`, `level`, `msg` and the fields of the happening. `--log-level` chooses from which level on. Where users of Argo Events look for its words, they stand beside ours, as `argo`.',
    table(
      ['message', 'level', 'counted in'],
      rows.map(([, { message, level, counter }]) => [message, level, counter ? `\`${counter.name}\`` : '']),
    ),
  ]);
}

/** A metric that several happenings count in is shown once. */
function metrics(rows: readonly [string, Happening][]): string[][] {
  const found = rows.flatMap(([, { counter, histogram, second, gauges = [] }]) => [
    ...(counter ? [[`\`${counter.name}\``, 'counter', counter.labels.join(', '), counter.help]] : []),
    ...[histogram, second].flatMap((one) => (one ? [[`\`${one.name}\``, 'histogram', one.labels.join(', '), one.help]] : [])),
    ...gauges.map((one) => [`\`${one.name}\``, 'gauge', one.labels.join(', '), one.help]),
  ]);
  return [...new Map(found.map((row) => [row[0]!, row])).values()].sort(([a], [b]) => (a! < b! ? -1 : 1));
}

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
