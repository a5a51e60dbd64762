import type { EventSource } from '../../eventsources/kind.ts';
import type { Sensor } from '../../sensors/kind.ts';
import { namesOf } from '../../sensors/triggers/dlq-name.ts';
import { isObject, type JsonObject } from '../core/json/json.ts';
import type { Metrics } from '../core/telemetry/metrics.ts';
import type { Rule } from '../manifests/rule.ts';

/** Makes the series of a rule present at zero, so that an alert on a rate works from the first scrape. */
export function expectSeries(metrics: Metrics, rule: Rule): void {
  if (rule.kind === 'EventSource') {
    const { metadata, spec } = rule.value as EventSource;
    metrics.belongs('eventsource', metadata.name, metadata.namespace);
    metrics.expect({ eventsource: metadata.name });
    for (const entries of Object.values(spec as JsonObject)) {
      if (isObject(entries))
        for (const event of Object.keys(entries)) if (isObject(entries[event])) metrics.expect({ eventsource: metadata.name, event });
    }
  }
  if (rule.kind === 'Sensor') {
    const { metadata, spec } = rule.value as Sensor;
    metrics.belongs('sensor', metadata.name, metadata.namespace);
    metrics.expect({ sensor: metadata.name });
    for (const { name } of spec.dependencies) metrics.expect({ sensor: metadata.name, dependency: name });
    for (const name of spec.triggers.flatMap((trigger) => namesOf(trigger))) metrics.expect({ sensor: metadata.name, trigger: name });
  }
}
