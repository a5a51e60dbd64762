import { excludedInstants } from '../../../eventsources/calendar/exclusions.ts';
import { calendar as definition } from '../../../eventsources/calendar/index.ts';
import { compileSchedule } from '../../../eventsources/calendar/schedule.ts';
import { calendarSpec } from '../../../eventsources/calendar/spec.ts';
import { locationNamed } from '../../../src/core/go/time/location.ts';
import { Time } from '../../../src/core/go/time/time.ts';
import { parseCron } from '../../../src/core/time/cron.ts';
import { type Adapter, attempt, type Case } from '../adapter.ts';

const rfc3339 = '2006-01-02T15:04:05Z07:00';

export const calendar: Adapter = {
  async run({ schedule, interval, timezone = '', exclusionDates = [], from, count }) {
    const spec = calendarSpec.parse({ schedule, interval, timezone, exclusionDates });
    const refused = definition.check!(spec).find(({ severity }) => severity === 'error');
    if (refused) return { error: refused.message };
    const { next } = compileSchedule(spec);
    const fires: string[] = [];
    for (let at: number | undefined = Date.parse(from); fires.length < count && at !== undefined; ) {
      at = next(at);
      if (at !== undefined) fires.push(shown(at, timezone));
    }
    return { fires, error: null };
  },
};

export const exclusionDates: Adapter = {
  async run(one) {
    const { value = [], error } = await attempt(() => excludedInstants(one.exclusionDates));
    return { dates: value.map((instant) => shown(instant, '')), error };
  },
};

/** The instant is what counts; the expectation shows it at the offset of `now`. */
export const cronPrevious: Adapter = {
  compare: { prev: (expected, got) => (expected === null ? got === null : Date.parse(`${expected}`) === got) },
  async run({ spec, timezone, withSeconds, now }: Case) {
    const { value, error } = await attempt(() => parseCron(spec, { timezone, withSeconds }).previous(Date.parse(now)));
    return { prev: value ?? null, error };
  },
};

const shown = (instant: number, timezone: string): string => Time.fromMilliseconds(instant).in(locationNamed(timezone)!).format(rfc3339);
