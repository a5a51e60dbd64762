import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { EngineError } from '../errors/engine-error.ts';
import { type Build, registerArgoMetrics, registerBuildInfo } from './argo-metrics.ts';
import { cachedChildren } from './children.ts';
import { type Happening, type HappeningName, happenings } from './happenings.ts';
import { OwnCounter, OwnHistogram } from './own-metrics.ts';
import type { Listener, TellFields } from './tell.ts';

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export interface Metrics {
  readonly listener: Listener;
  /** In which namespace an EventSource or Sensor is, for Argo's label `namespace`. */
  belongs(kind: 'eventsource' | 'sensor', name: string, namespace: string): void;
  /** Makes the series of these labels present at zero, for every counter and histogram that has exactly them among its labels. */
  expect(labels: Readonly<Record<string, string>>): void;
  /** A value that is asked for when somebody scrapes. */
  gauge(name: string, help: string, read: () => number): void;
  /** Prometheus text, format 0.0.4. */
  text(): Promise<string>;
}

/** Counters and histograms as the table of happenings names them, with the process's own from prom-client. */
export function createMetrics(build?: Build): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const rows = new Map<HappeningName, (fields: TellFields) => void>();
  const namespaces = new Map<string, string>();
  if (build) registerBuildInfo(registry, build);
  const argo = registerArgoMetrics(registry, (kind, name) => namespaces.get(`${kind} ${name}`) ?? '');
  const expected: { labels: readonly string[]; zero: (labels: Record<string, string>) => void }[] = [];

  for (const [name, happening] of Object.entries(happenings) as [HappeningName, Happening][]) {
    const observers: ((fields: TellFields) => void)[] = [];
    if (happening.counter) {
      const { labels, by, ...rest } = happening.counter;
      // Two happenings may count in one series.
      const known = registry.getSingleMetric(rest.name) as unknown as OwnCounter | undefined;
      const counter = known ?? new OwnCounter({ ...rest, labelNames: labels }, registry);
      if (labels.length === 0) counter.of([]);
      const series = cachedChildren(labels, labelValue, (values) => counter.of(values));
      observers.push((fields) => {
        series(fields).count += by === undefined ? 1 : Number(fields[by]);
      });
      expected.push({ labels, zero: (values) => void series(values) });
    }
    for (const { labels, of, ...rest } of [happening.histogram, happening.second].filter((one) => one !== undefined)) {
      const histogram = new OwnHistogram({ ...rest, labelNames: labels }, buckets, registry);
      const series = cachedChildren(labels, labelValue, (values) => histogram.of(values));
      observers.push((fields) => {
        if (typeof fields[of] === 'number') histogram.observe(series(fields), fields[of] / 1000);
      });
      expected.push({ labels, zero: (values) => void series(values) });
    }
    for (const { labels, of, ...rest } of happening.gauges ?? []) {
      const gauge = new Gauge({ ...rest, labelNames: [...labels], registers: [registry] });
      const unit = rest.name.endsWith('_seconds') ? 1000 : 1;
      observers.push((fields) => gauge.labels(...labels.map((label) => labelValue(label, fields))).set(Number(fields[of]) / unit));
      expected.push({ labels, zero: (values) => gauge.inc(values, 0) });
    }
    for (const { hears } of argo) for (const [heard, observe] of hears) if (heard === name) observers.push(observe);
    if (observers.length > 0) rows.set(name, (fields) => observers.forEach((observe) => void observe(fields)));
  }

  for (const { fields, zero } of argo) expected.push({ labels: fields, zero });

  return {
    belongs: (kind, name, namespace) => void namespaces.set(`${kind} ${name}`, namespace),
    listener: (name, _happening, fields) => rows.get(name)?.(fields),
    expect(labels) {
      const names = Object.keys(labels);
      for (const one of expected)
        if (one.labels.length === names.length && one.labels.every((label) => label in labels)) one.zero({ ...labels });
    },
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      });
    },
    text: () => registry.metrics(),
  };
}

function labelValue(label: string, fields: TellFields): string {
  if (label === 'code' && fields['code'] === undefined)
    return fields['error'] instanceof EngineError ? fields['error'].code : 'BUG_UNEXPECTED';
  return String(fields[label] ?? '');
}
