/**
 * Argo Events' own metrics, so that its dashboards go on working: their names, labels and units, counted from our happenings.
 * Section "Metrics" of its documentation; where one of its words has no exact match, the help says what is counted.
 */
import { Gauge, type Registry } from 'prom-client';
import { cachedChildren } from './children.ts';
import type { HappeningName } from './happenings.ts';
import { type MetricOptions, OwnCounter, OwnSummary } from './own-metrics.ts';
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

/** One metric at work: which fields its labels are made of, what it hears, and how its series come to be there at zero. */
interface Working {
  readonly fields: readonly string[];
  readonly hears: readonly (readonly [HappeningName, (fields: TellFields) => void])[];
  zero(fields: Readonly<Record<string, string>>): void;
}

/** `namespaceOf` gives the constant label of Argo's: the namespace of an EventSource or Sensor. */
export function registerArgoMetrics(registry: Registry, namespaceOf: (kind: string, name: string) => string): Working[] {
  return argoMetrics.map(({ name, type, help, of, on, off = [] }) => {
    const options = { name, help, labelNames: [...labelsOf[of], 'namespace'] };
    const kind = of === 'trigger' ? 'sensor' : 'eventsource';
    const make = (values: string[]) => childOf(type, options, registry, [...values, namespaceOf(kind, values[0]!)]);
    const child = cachedChildren(fieldsOf[of], (field, fields) => String(fields[field] ?? ''), make);
    return {
      fields: fieldsOf[of],
      hears: [
        ...on.map((happening) => [happening, (fields: TellFields) => child(fields).add(fields, 1)] as const),
        ...off.map((happening) => [happening, (fields: TellFields) => child(fields).add(fields, -1)] as const),
      ],
      zero: (fields) => child(fields).zero(),
    };
  });
}

function childOf(type: ArgoMetric['type'], options: MetricOptions, registry: Registry, values: string[]) {
  const known = registry.getSingleMetric(options.name) as unknown;
  if (type === 'summary') {
    const series = ((known as OwnSummary | undefined) ?? new OwnSummary(options, registry)).of(values);
    return {
      add({ took }: TellFields) {
        if (typeof took !== 'number') return;
        series.sum += took;
        series.count += 1;
      },
      zero() {},
    };
  }
  if (type === 'gauge') {
    const gauge = (known as Gauge | undefined) ?? new Gauge({ ...options, labelNames: [...options.labelNames], registers: [registry] });
    const one = gauge.labels(...values);
    return { add: (_: TellFields, by: number) => one.inc(by), zero: () => one.inc(0) };
  }
  const series = ((known as OwnCounter | undefined) ?? new OwnCounter(options, registry)).of(values);
  return {
    add() {
      series.count += 1;
    },
    zero() {},
  };
}
