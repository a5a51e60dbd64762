import type { Json } from '../../json/json.ts';
import type { Raised } from '../run/raised.ts';
import { isNumber, toIndex } from '../values/numbers.ts';
import { type Moment, momentOf, secondsOf } from './dates/calendar.ts';
import { formatTime } from './dates/format.ts';
import { parseTime } from './dates/parse.ts';
import type { Native, Natives } from './native.ts';
import { cannotApply, cannotApplyBecause } from './refusals.ts';

/** Times are seconds since 1970, or "broken down": year, month from 0, day, hour, minute, second, day of the week, day of the year from 0. */
const brokenDown = ({ year, month, day, hour, minute, second, nanosecond, weekday, yearday }: Moment): Json[] => [
  year,
  month,
  day,
  hour,
  minute,
  second + nanosecond / 1e9,
  weekday,
  yearday,
];

/** The local time zone is UTC: what a rule does must not depend on where it runs. */
const breakDown =
  (name: string): Native =>
  (_run, input) => {
    if (!isNumber(input)) throw cannotApply(name, input);
    const moment = momentOf(Number(input));
    if (!moment) throw cannotApplyBecause(outOfRange, name, input);
    return brokenDown(moment);
  };

const outOfRange = 'number of seconds is out of range';

const format =
  (name: string): Native =>
  (run, input, layout) => {
    run.tick(10);
    if (typeof layout !== 'string' || !(isNumber(input) || Array.isArray(input))) throw cannotApply(name, input, layout);
    const wrong = (reason: string) => cannotApplyBecause(reason, name, input, layout);
    const seconds = isNumber(input) ? Number(input) : secondsIn(input, wrong);
    const moment = momentOf(seconds);
    if (!moment) throw wrong(outOfRange);
    const text = formatTime(moment, layout);
    run.grow(text.length);
    return text;
  };

/** The seconds of a broken-down time; what is missing at its end is zero. */
function secondsIn(parts: readonly Json[], wrong: (reason: string) => Raised): number {
  const values = parts.slice(0, 6).map((part, index) => {
    if (!isNumber(part)) throw wrong('expected an array of 8 numbers');
    if (!(Math.abs(Number(part)) < 2 ** 63)) throw wrong('number is out of range');
    return index === 5 ? Number(part) : toIndex(part);
  });
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = values;
  const whole = Math.floor(second);
  return secondsOf(year, month, day, hour, minute, whole) + Math.trunc((second - whole) * 1e9) / 1e9;
}

export const dates: Natives = {
  'now/0': (run) => run.clock.now() / 1000,
  'gmtime/0': breakDown('gmtime'),
  'localtime/0': breakDown('localtime'),
  'mktime/0'(_run, input) {
    if (!Array.isArray(input)) throw cannotApply('mktime', input);
    return secondsIn(input, (reason) => cannotApplyBecause(reason, 'mktime', input));
  },
  'strftime/1': format('strftime'),
  'strflocaltime/1': format('strflocaltime'),
  'strptime/1'(run, input, layout) {
    run.tick(10);
    if (typeof input !== 'string' || typeof layout !== 'string') throw cannotApply('strptime', input, layout);
    const parsed = parseTime(input, layout);
    if (typeof parsed === 'number') return brokenDown(momentOf(parsed)!);
    const reason = `failed to parse ${JSON.stringify(input)} with ${JSON.stringify(layout)}: ${parsed.reason}`;
    throw cannotApplyBecause(reason, 'strptime', input, layout);
  },
};
