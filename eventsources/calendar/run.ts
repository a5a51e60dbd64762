import { EventData } from '../../src/core/event/data.ts';
import { stableId } from '../../src/core/event/stable-id.ts';
import { goJson } from '../../src/core/json/stringify.ts';
import { parseDuration } from '../../src/core/time/duration.ts';
import type { EventSourceContext } from '../event-source.ts';
import { keptInConfigMap } from './config-map.ts';
import { eventTimeOf } from './event-time.ts';
import { follow, handover } from './follow.ts';
import { openPlace } from './place.ts';
import { compileSchedule } from './schedule.ts';
import type { CalendarSpec } from './spec.ts';

/** Sends an event at each instant of the schedule, one after another, until the signal aborts. */
export async function run(spec: CalendarSpec, context: EventSourceContext): Promise<void> {
  const { namespace, eventSourceName, eventName } = context;
  const schedule = compileSchedule(spec);
  const { configMap } = spec.persistence ?? {};
  const place = await openPlace(
    {
      memory: `eventsource/${namespace}/${eventSourceName}/${eventName}`,
      address: { source: eventSourceName, subject: eventName },
      instantOf: ({ time }) => (Number.isNaN(Date.parse(time)) ? undefined : Date.parse(time)),
      configMap: configMap && keptInConfigMap(configMap, context),
    },
    context,
  );
  const tickOf = (due: number) => {
    const payload = payloadOf(spec, due);
    const time = new Date(due).toISOString();
    const id = stableId('calendar', namespace, eventSourceName, eventName, time);
    return { draft: { id, data: EventData.fromText(payload), time }, payload };
  };
  await follow({ schedule, place, longest: longestOf(spec), tickOf }, context);
}

function longestOf({ persistence }: CalendarSpec): number | undefined {
  const { enabled = false, maxDuration } = persistence?.catchup ?? {};
  if (!enabled) return handover;
  return maxDuration ? parseDuration(maxDuration) : undefined;
}

const payloadOf = ({ metadata }: CalendarSpec, due: number): string =>
  goJson({ eventTime: eventTimeOf(due), ...(metadata && Object.keys(metadata).length > 0 ? { metadata } : {}) });
