/** A moment in UTC, taken apart by the Gregorian calendar. */
export interface Moment {
  readonly seconds: number;
  readonly year: number;
  /** From 0. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanosecond: number;
  /** From Sunday, which is 0. */
  readonly weekday: number;
  /** From 0. */
  readonly yearday: number;
}

const daySeconds = 86_400;
/** Years of nine digits: further away a double cannot tell seconds apart. */
const furthest = 67_767_976_233_532_000;

/** Undefined for seconds that no calendar reaches. */
export function momentOf(seconds: number): Moment | undefined {
  const whole = Math.floor(seconds);
  if (!(Math.abs(whole) <= furthest)) return undefined;
  const days = Math.floor(whole / daySeconds);
  const time = whole - days * daySeconds;
  const { year, month, day } = dateOf(days);
  return {
    seconds: whole,
    year,
    month,
    day,
    hour: Math.floor(time / 3600),
    minute: Math.floor(time / 60) % 60,
    second: time % 60,
    nanosecond: Math.trunc((seconds - whole) * 1e9),
    weekday: (((days + 4) % 7) + 7) % 7,
    yearday: days - daysBefore(year, 0, 1),
  };
}

/** Seconds since 1970; parts beyond their range carry over. */
export const secondsOf = (year: number, month: number, day: number, hour: number, minute: number, second: number): number =>
  daysBefore(year, month, day) * daySeconds + hour * 3600 + minute * 60 + second;

const cycleDays = 146_097;

/** Days from 1970-01-01 to a date. Counts years from March, so that the leap day is a year's last. */
export function daysBefore(year: number, month: number, day: number): number {
  const carried = year + Math.floor(month / 12);
  const inYear = ((month % 12) + 12) % 12;
  const fromMarch = inYear >= 2 ? inYear - 2 : inYear + 10;
  const marchYear = inYear >= 2 ? carried : carried - 1;
  const cycle = Math.floor(marchYear / 400);
  const inCycle = marchYear - cycle * 400;
  const dayOfYear = Math.floor((153 * fromMarch + 2) / 5) + day - 1;
  return cycle * cycleDays + inCycle * 365 + Math.floor(inCycle / 4) - Math.floor(inCycle / 100) + dayOfYear - 719_468;
}

function dateOf(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const cycle = Math.floor(shifted / cycleDays);
  const inCycle = shifted - cycle * cycleDays;
  const years = Math.floor((inCycle - Math.floor(inCycle / 1460) + Math.floor(inCycle / 36_524) - Math.floor(inCycle / 146_096)) / 365);
  const dayOfYear = inCycle - (365 * years + Math.floor(years / 4) - Math.floor(years / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 2 : fromMarch - 10;
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  return { year: years + cycle * 400 + (month < 2 ? 1 : 0), month, day };
}

/** The year and week that ISO 8601 counts: weeks begin on Monday and belong to the year of their Thursday. */
export function isoWeek({ year, yearday, weekday }: Moment): { year: number; week: number } {
  const thursday = yearday + 3 - ((weekday + 6) % 7);
  if (thursday < 0) return isoWeekAt(year - 1, thursday + lengthOfYear(year - 1));
  const length = lengthOfYear(year);
  return thursday >= length ? isoWeekAt(year + 1, thursday - length) : isoWeekAt(year, thursday);
}

const isoWeekAt = (year: number, thursday: number) => ({ year, week: Math.floor(thursday / 7) + 1 });
const lengthOfYear = (year: number): number => daysBefore(year + 1, 0, 1) - daysBefore(year, 0, 1);

export const months = 'January February March April May June July August September October November December'.split(' ');
export const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
