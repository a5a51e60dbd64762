import { GoError, orElse } from '../../../go/function.ts';
import { Duration, parseDuration } from '../../../go/time/duration.ts';
import { locationNamed } from '../../../go/time/location.ts';
import { parseTime } from '../../../go/time/parse.ts';
import { Time, unixOf } from '../../../go/time/time.ts';
import type { GoValue } from '../../../go/values.ts';
import { duration, string, time } from '../check/types.ts';
import { asString } from '../frame.ts';
import { type BuiltinFunction, typed } from './define.ts';

/** The layouts that `date` tries when it is given none. */
const layouts = [
  '2006-01-02',
  '15:04:05',
  '2006-01-02 15:04:05',
  '2006-01-02T15:04:05Z07:00',
  '02 Jan 06 15:04 MST',
  'Monday, 02-Jan-06 15:04:05 MST',
  'Mon, 02 Jan 2006 15:04:05 MST',
];

function date(args: readonly GoValue[]): GoValue {
  const [text = '', layout, zone] = args.map(asString);
  if (zone !== undefined) return inZone(parseTime(layout!, text), zone);
  if (layout !== undefined) return parseTime(layout, text);
  for (const one of layouts) {
    const found = orElse(() => parseTime(one, text), undefined);
    if (found) return found;
  }
  throw new GoError(`invalid date ${text}`);
}

/** A time that names no zone is one of the clocks there. */
function inZone(read: Time, name: string): Time {
  const location = locationNamed(name);
  if (!location) throw new GoError(`unknown time zone ${name}`);
  return read.location.name === 'UTC' ? new Time(unixOf(read.wall, location), read.nanos, location) : read;
}

export const timeFunctions: readonly (readonly [string, BuiltinFunction])[] = [
  ['now', typed('now', [[time]], (_, { clock }) => Time.fromMilliseconds(clock.now()))],
  ['duration', typed('duration', [[string, duration]], ([text]) => new Duration(parseDuration(asString(text))))],
  [
    'date',
    typed(
      'date',
      [
        [string, time],
        [string, string, time],
        [string, string, string, time],
      ],
      date,
    ),
  ],
];
