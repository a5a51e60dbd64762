/**
 * Argo Events' own metrics, so that its dashboards go on working: their names, labels and units, counted from our happenings.
 * Section "Metrics" of its documentation; where one of its words has no exact match, the help says what is counted.
 */
import { Gauge, type Registry } from 'prom-client';
import type { HappeningName } from './happenings.ts';
import { type MetricOptions, type Observer, OwnCounter, OwnSummary } from './own-metrics.ts';
import type { TellFields } from './tell.ts';

/** Argo's labels, and the fields of ours that they are. */
export const labelsOf = {
  eventsource: ['eventsource_name'],
  event: ['eventsource_name', 'event_name'],
  trigger: ['sensor_name', 'trigger_name'],
} as const;
const fieldsOf = { eventsource: ['eventsource'], event: ['eventsource', 'event'], trigger: ['sensor', 'trigger'] } as const;

export interface ArgoMetric {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'summary';
  readonly help: string;
  readonly of: keyof typeof labelsOf;
  /** What adds to it; a summary observes `took`. */
  readonly on: readonly HappeningName[];
  /** What takes away from it. */
  readonly off?: readonly HappeningName[];
}

export const argoMetrics: readonly ArgoMetric[] = [
  {
    name: 'argo_events_event_service_running_total',
    type: 'gauge',
    help: 'Listeners of an event source that run here.',
    of: 'eventsource',
    on: ['listenerStarted'],
    off: ['listenerStopped'],
  },
  { name: 'argo_events_events_sent_total', type: 'counter', help: 'Events that the bus has stored.', of: 'event', on: ['eventPublished'] },
  {
    name: 'argo_events_events_sent_failed_total',
    type: 'counter',
    help: 'Publish attempts that failed; they are tried again.',
    of: 'event',
    on: ['publishWaiting', 'eventTooLarge'],
  },
  {
    name: 'argo_events_events_processing_failed_total',
    type: 'counter',
    help: 'What came to an event source and is no event of it.',
    of: 'event',
    on: ['callRefused', 'callRefusedAgain', 'messageRefused'],
  },
  {
    name: 'argo_events_event_processing_duration_milliseconds',
    type: 'summary',
    help: 'From the happening reaching us to the acknowledgement of the bus.',
    of: 'event',
    on: ['eventPublished'],
  },
  { name: 'argo_events_action_triggered_total', type: 'counter', help: 'Firings that were done.', of: 'trigger', on: ['triggerFired'] },
  {
    name: 'argo_events_action_failed_total',
    type: 'counter',
    help: 'Attempts that failed.',
    of: 'trigger',
    on: ['attemptFailed', 'attemptFailedAgain'],
  },
  {
    name: 'argo_events_action_retries_failed_total',
    type: 'counter',
    help: 'Firings that were given up.',
    of: 'trigger',
    on: ['firingParked', 'firingHandedOver'],
  },
  {
    name: 'argo_events_action_duration_milliseconds',
    type: 'summary',
    help: 'Duration of one attempt.',
    of: 'trigger',
    on: ['triggerFired'],
  },
];

/** What a process is made of, for `build_info`. */
export interface Build {
  readonly version: string;
  /** The version of Node. */
  readonly node: string;
  readonly arch: string;
}

/** Argo's one series of the process itself, 1 for ever. */
export const buildInfo = {
  name: 'build_info',
  type: 'gauge',
  help: 'What runs here. goversion is the version of Node, goarch its architecture; commit is empty.',
  labels: ['version', 'goversion', 'goarch', 'commit'],
} as const;

export function registerBuildInfo(registry: Registry, { version, node, arch }: Build): void {
  const { name, help, labels } = buildInfo;
  new Gauge({ name, help, labelNames: labels, registers: [registry] }).labels(version, node, arch, '').set(1);
}

/** Each with the happening that it observes. `namespaceOf` gives the constant label of Argo's: the namespace of an EventSource or Sensor. */
export function registerArgoMetrics(
  registry: Registry,
  namespaceOf: (kind: string, name: string) => string,
): (readonly [HappeningName, Observer])[] {
  return argoMetrics.flatMap(({ name, type, help, of, on, off = [] }) => {
    const kind = of === 'trigger' ? 'sensor' : 'eventsource';
    const add = adderOf(type, { name, help, labelNames: [...labelsOf[of], 'namespace'] }, registry);
    const observer = (by: number): Observer => ({
      labels: fieldsOf[of],
      of: (values) => add([...values, namespaceOf(kind, values[0]!)], by),
    });
    return [...on.map((happening) => [happening, observer(1)] as const), ...off.map((happening) => [happening, observer(-1)] as const)];
  });
}

/** A summary observes `took`; the others are added to. */
function adderOf(type: ArgoMetric['type'], options: MetricOptions, registry: Registry) {
  return (values: string[], by: number): ((fields: TellFields) => void) => {
    // Registered with its first series.
    const known = registry.getSingleMetric(options.name) as unknown;
    if (type === 'summary') {
      const series = ((known as OwnSummary | undefined) ?? new OwnSummary(options, registry)).of(values);
      return ({ took }) => {
        if (typeof took !== 'number') return;
        series.sum += took;
        series.count += 1;
      };
    }
    if (type === 'gauge') {
      const gauge = (known as Gauge | undefined) ?? new Gauge({ ...options, labelNames: [...options.labelNames], registers: [registry] });
      const one = gauge.labels(...values);
      one.inc(0);
      return () => one.inc(by);
    }
    const series = ((known as OwnCounter | undefined) ?? new OwnCounter(options, registry)).of(values);
    return () => {
      series.count += by;
    };
  };
}
