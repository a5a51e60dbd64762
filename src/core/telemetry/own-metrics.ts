/**
 * Counters, histograms and summaries as prom-client's registry prints them. A series is a few numbers that are added to: prom-client's own
 * look their series up by hashing the labels at each value, and keep a digest of a summary's values for quantiles that nobody asks for,
 * which together took as long as firing a trigger does.
 */
import type { Metric, Registry } from 'prom-client';
import type { TellFields } from './tell.ts';

export interface MetricOptions {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
}

/** What a metric does with a happening. */
export interface Observer {
  /** The fields that the values of its labels are. */
  readonly labels: readonly string[];
  /** For the series of these values of its labels, which is there from then on. */
  of(values: readonly string[]): (fields: TellFields) => void;
}

type Labels = Readonly<Record<string, string>>;

interface Printed {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

abstract class OwnMetric<Series> {
  abstract readonly type: 'counter' | 'histogram' | 'summary';
  readonly name: string;
  readonly help: string;
  readonly aggregator = 'sum';
  readonly #labelNames: readonly string[];
  readonly #series = new Map<string, { readonly labels: Labels; readonly series: Series }>();

  constructor({ name, help, labelNames }: MetricOptions, registry: Registry) {
    this.name = name;
    this.help = help;
    this.#labelNames = labelNames;
    registry.registerMetric(this as unknown as Metric<string>);
  }

  /** The series of these values of its labels, in their order; there from now on. */
  of(values: readonly string[]): Series {
    const key = values.join('\u0000');
    const known = this.#series.get(key);
    if (known) return known.series;
    const labels = Object.fromEntries(this.#labelNames.map((name, index) => [name, values[index] ?? '']));
    const series = this.fresh();
    this.#series.set(key, { labels, series });
    return series;
  }

  /** What the registry asks for when somebody scrapes. */
  async get() {
    const { name, help, type, aggregator } = this;
    const values = [...this.#series.values()].flatMap(({ labels, series }) => this.printed(series, labels));
    return { name, help, type, values, aggregator };
  }

  protected abstract fresh(): Series;
  protected abstract printed(series: Series, labels: Labels): Printed[];
}

export class OwnCounter extends OwnMetric<{ count: number }> {
  readonly type = 'counter';

  protected fresh() {
    return { count: 0 };
  }

  protected printed({ count }: { count: number }, labels: Labels): Printed[] {
    return [{ metricName: this.name, labels, value: count }];
  }
}

interface Sum {
  sum: number;
  count: number;
}

const sumAndCount = (name: string, { sum, count }: Sum, labels: Labels): Printed[] => [
  { metricName: `${name}_sum`, labels, value: sum },
  { metricName: `${name}_count`, labels, value: count },
];

/** Without quantiles: how many values there were, and their sum. */
export class OwnSummary extends OwnMetric<Sum> {
  readonly type = 'summary';

  protected fresh(): Sum {
    return { sum: 0, count: 0 };
  }

  protected printed(series: Sum, labels: Labels): Printed[] {
    return sumAndCount(this.name, series, labels);
  }
}

interface Buckets extends Sum {
  /** Values in each bucket alone; the last one has no upper bound. */
  readonly within: number[];
}

export class OwnHistogram extends OwnMetric<Buckets> {
  readonly type = 'histogram';
  readonly #bounds: readonly number[];

  /** Upper bounds, ascending. */
  constructor(options: MetricOptions, bounds: readonly number[], registry: Registry) {
    super(options, registry);
    this.#bounds = bounds;
  }

  observe(series: Buckets, value: number): void {
    let bucket = 0;
    while (bucket < this.#bounds.length && value > this.#bounds[bucket]!) bucket += 1;
    series.within[bucket]! += 1;
    series.sum += value;
    series.count += 1;
  }

  protected fresh(): Buckets {
    return { sum: 0, count: 0, within: [...this.#bounds.map(() => 0), 0] };
  }

  protected printed(series: Buckets, labels: Labels): Printed[] {
    let below = 0;
    const buckets = [...this.#bounds, '+Inf'].map((le, bucket) => {
      below += series.within[bucket]!;
      return { metricName: `${this.name}_bucket`, labels: { le, ...labels }, value: below };
    });
    return [...buckets, ...sumAndCount(this.name, series, labels)];
  }
}
