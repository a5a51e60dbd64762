import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { EngineError } from '../errors/engine-error.ts';
import { type Build, registerArgoMetrics, registerBuildInfo } from './argo-metrics.ts';
import { cachedChildren } from './children.ts';
import { type Happening, type HappeningName, happenings } from './happenings.ts';
import { type Observer, OwnCounter, OwnHistogram } from './own-metrics.ts';
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
  const expected = argo.map(([, observer]) => observer);

  for (const [name, happening] of Object.entries(happenings) as [HappeningName, Happening][]) {
    const own = [...counting(happening, registry), ...measuring(happening, registry)];
    expected.push(...own);
    const all = [...own, ...argo.filter(([heard]) => heard === name).map(([, observer]) => observer)];
    if (all.length > 0) rows.set(name, allOf(all));
  }

  return {
    belongs: (kind, name, namespace) => void namespaces.set(`${kind} ${name}`, namespace),
    listener: Object.assign((name: HappeningName, _: Happening, fields: TellFields) => rows.get(name)?.(fields), {
      wants: (name: HappeningName) => rows.has(name),
    }),
    expect(labels) {
      const names = Object.keys(labels);
      for (const one of expected)
        if (one.labels.length === names.length && one.labels.every((label) => label in labels))
          one.of(one.labels.map((label) => labels[label]!));
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

function* counting({ counter }: Happening, registry: Registry): Generator<Observer> {
  if (!counter) return;
  const { labels, by, ...rest } = counter;
  // Two happenings may count in one series.
  const known = registry.getSingleMetric(rest.name) as unknown as OwnCounter | undefined;
  const own = known ?? new OwnCounter({ ...rest, labelNames: labels }, registry);
  if (labels.length === 0) own.of([]);
  yield {
    labels,
    of(values) {
      const series = own.of(values);
      return (fields) => {
        series.count += by === undefined ? 1 : Number(fields[by]);
      };
    },
  };
}

function* measuring({ histogram, second, gauges = [] }: Happening, registry: Registry): Generator<Observer> {
  for (const { labels, of, ...rest } of [histogram, second].filter((one) => one !== undefined)) {
    const own = new OwnHistogram({ ...rest, labelNames: labels }, buckets, registry);
    yield {
      labels,
      of(values) {
        const series = own.of(values);
        return ({ [of]: value }) => {
          if (typeof value === 'number') own.observe(series, value / 1000);
        };
      },
    };
  }
  for (const { labels, of, ...rest } of gauges) {
    const gauge = new Gauge({ ...rest, labelNames: [...labels], registers: [registry] });
    const unit = rest.name.endsWith('_seconds') ? 1000 : 1;
    yield {
      labels,
      of(values) {
        const one = gauge.labels(...values);
        one.inc(0);
        // What is told without it knows nothing of it.
        return (fields) => void (fields[of] !== undefined && one.set(Number(fields[of]) / unit));
      },
    };
  }
}

/** What observes the same happening by the same labels is looked up once for all. */
function allOf(observers: readonly Observer[]): (fields: TellFields) => void {
  const byLabels = new Map<string, Observer[]>();
  for (const one of observers) {
    const key = one.labels.join(' ');
    byLabels.set(key, [...(byLabels.get(key) ?? []), one]);
  }
  const groups = [...byLabels.values()].map((group) =>
    cachedChildren(group[0]!.labels, labelValue, (values) => group.map((one) => one.of(values))),
  );
  return (fields) => {
    for (const group of groups) for (const observe of group(fields)) observe(fields);
  };
}

function labelValue(label: string, fields: TellFields): string {
  if (label === 'code' && fields['code'] === undefined)
    return fields['error'] instanceof EngineError ? fields['error'].code : 'BUG_UNEXPECTED';
  return String(fields[label] ?? '');
}
