/**
 * PingSource: an event at each time that a cron line says. It remembers on the bus up to which time it has come, so that a change of
 * processes neither loses a tick nor sends one twice; times at which nobody ran are not made up for, as in Knative.
 */
import { z } from 'zod';
import { follow, handover } from '../../../../eventsources/calendar/follow.ts';
import { openPlace } from '../../../../eventsources/calendar/place.ts';
import { defineEventSource } from '../../../../eventsources/event-source.ts';
import { stableId } from '../../../core/event/stable-id.ts';
import type { PingSourceSpec } from '../kinds/ping-source.ts';
import { overridesIn } from '../overrides.ts';
import { type SourcePlan, sentBy } from '../source-plan.ts';
import { pingEvent } from './event.ts';
import { parsePingSchedule } from './schedule.ts';

export const pingSource = defineEventSource({
  type: 'pingsource',
  summary: 'Times of a schedule, as Knative tells of them.',
  stability: 'beta',
  spec: z.custom<SourcePlan<PingSourceSpec>>(),
  examples: [],
  oneOwner: true,
  async run({ namespace, name, spec, address, ...plan }, context) {
    const idOf = (time: string): string => stableId('pingsource', namespace, name, time);
    const { schedule, ceOverrides, ...rest } = spec;
    const cron = parsePingSchedule(spec);
    const place = await openPlace(
      {
        memory: `pingsource/${namespace}/${name}`,
        address,
        instantOf: ({ id, time }) => (id === idOf(time) ? Date.parse(time) : undefined),
      },
      context,
    );
    const tickOf = (due: number) => {
      const time = new Date(due).toISOString();
      const event = pingEvent({ namespace, name, ...rest, extensions: overridesIn(ceOverrides) }, idOf(time), time);
      return { draft: sentBy(plan, event, due), payload: '' };
    };
    await follow({ schedule: { next: cron.next, resume: Math.max }, place, longest: handover, tickOf }, context);
  },
});
