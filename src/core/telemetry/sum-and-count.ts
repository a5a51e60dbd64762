import type { Metric, Registry } from 'prom-client';

interface Series {
  readonly labels: Readonly<Record<string, string>>;
  sum: number;
  count: number;
}

/**
 * A summary without quantiles: how many values there were, and their sum.
 *
 * prom-client's own keeps a digest of all values, for quantiles that nobody asks for: that took more time than firing a trigger does.
 */
export class SumAndCount {
  readonly type = 'summary';
  readonly name: string;
  readonly help: string;
  readonly aggregator = 'sum';
  readonly #labelNames: readonly string[];
  readonly #series: Series[] = [];

  constructor({ name, help, labelNames }: { name: string; help: string; labelNames: readonly string[] }, registry: Registry) {
    this.name = name;
    this.help = help;
    this.#labelNames = labelNames;
    registry.registerMetric(this as unknown as Metric<string>);
  }

  /** Adds to the series of these labels. To be called once for each. */
  labels(...values: string[]): (value: number) => void {
    const series = { labels: Object.fromEntries(this.#labelNames.map((name, index) => [name, values[index] ?? ''])), sum: 0, count: 0 };
    this.#series.push(series);
    return (value) => {
      series.sum += value;
      series.count += 1;
    };
  }

  /** What the registry asks for when somebody scrapes. */
  async get() {
    const { name, help, type, aggregator } = this;
    const values = this.#series.flatMap(({ labels, sum, count }) => [
      { metricName: `${name}_sum`, labels, value: sum },
      { metricName: `${name}_count`, labels, value: count },
    ]);
    return { name, help, type, values, aggregator };
  }
}
