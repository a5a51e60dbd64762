import { civilOf, daysInMonth, daysOf, secondsOfDay, weekdayOf } from '../go/time/civil.ts';
import type { CronFields } from './cron-fields.ts';

/** After so many months the calendar repeats itself, weekdays and all. */
const cycle = 400 * 12;

/**
 * The times on the wall that fit, as milliseconds since 1970 as if in UTC: strictly after `from` in order, or with step -1 strictly
 * before it, latest first. Ends after 400 years.
 */
export function* wallsFrom(fields: CronFields, from: number, step: 1 | -1): Generator<number> {
  const { year, month } = civilOf(Math.floor(from / 1000));
  const [hours, minutes, seconds] = [fields.hours, fields.minutes, fields.seconds].map((values) => inOrder(values, step)) as [
    number[],
    number[],
    number[],
  ];
  const isBeyond = (milliseconds: number): boolean => (milliseconds - from) * step > 0;
  for (let count = 0, index = year * 12 + month - 1; count <= cycle; count++, index += step) {
    const [y, m] = [Math.floor(index / 12), (index % 12) + 1];
    if (!fields.months.includes(m)) continue;
    for (const d of inOrder(daysThatFit(fields, y, m), step)) {
      const midnight = daysOf(y, m, d) * secondsOfDay;
      if (!isBeyond((midnight + (step > 0 ? secondsOfDay : 0)) * 1000)) continue;
      for (const hour of hours) {
        const hourly = midnight + hour * 3600;
        if (!isBeyond((hourly + (step > 0 ? 3600 : 0)) * 1000)) continue;
        for (const minute of minutes) {
          for (const second of seconds) {
            const wall = (hourly + minute * 60 + second) * 1000;
            if (isBeyond(wall)) yield wall;
          }
        }
      }
    }
  }
}

/** A day fits when both its number and its weekday do; where both are restricted, one of them is enough. */
function daysThatFit({ days, weekdays, eitherDay }: CronFields, year: number, month: number): number[] {
  const first = weekdayOf(daysOf(year, month, 1) * secondsOfDay);
  return Array.from({ length: daysInMonth(year, month) }, (_, index) => index + 1).filter((day) => {
    const [byNumber, byWeekday] = [days.includes(day), weekdays.includes((first + day - 1) % 7)];
    return eitherDay ? byNumber || byWeekday : byNumber && byWeekday;
  });
}

const inOrder = (ascending: readonly number[], step: 1 | -1): readonly number[] => (step > 0 ? ascending : ascending.toReversed());
