/**
 * The formats in which govaluate finds a date, as Go's time.Parse reads them in UTC: a fraction may follow the seconds, an hour may have
 * one digit, names of days and months are in any case, where one space is wanted several will do, and a zone by name changes nothing.
 */
const date = String.raw`(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)`;
const clock = String.raw`(?<hour>\d\d?):(?<minute>\d\d):(?<second>\d\d)(?:[.,]\d+)?`;
const zone = String.raw`(?:Z|(?<sign>[+-])(?<hours>\d\d):(?<minutes>\d\d))`;
const plainZone = String.raw`(?:Z|(?<sign>[+-])(?<hours>\d\d)(?<minutes>\d\d))`;
const named = '(?<weekday>[A-Za-z]{3}) +(?<monthName>[A-Za-z]{3}) +';
const abbreviation = String.raw`(?:GMT(?:[+-](?:\d|1\d|2[0-3]))?|ChST|MeST|WITA|[A-Z]{3,4}T|[A-Z]{3}|[+-]\d\d?)`;

const formats: readonly RegExp[] = [
  String.raw`${named}(?<day>\d\d?) +${clock} +(?<year>\d{4})`,
  String.raw`${named}(?<day>\d\d?) +${clock} +${abbreviation} +(?<year>\d{4})`,
  String.raw`${named}(?<day>\d\d) +${clock} +(?<sign>[+-])(?<hours>\d\d)(?<minutes>\d\d) +(?<year>\d{4})`,
  String.raw`(?<half>\d\d?):(?<minute>\d\d)(?<noon>[AP]M)`,
  `${date}T${clock}${zone}`,
  date,
  String.raw`${date} +(?<hour>\d\d?):(?<minute>\d\d)`,
  `${date} +${clock}`,
  String.raw`${date} +${clock}(?<sign>[+-])(?<hours>\d\d):(?<minutes>\d\d)`,
  String.raw`${date}T(?<hour>\d\d?)${plainZone}`,
  String.raw`${date}T(?<hour>\d\d?):(?<minute>\d\d)${plainZone}`,
  `${date}T${clock}${plainZone}`,
].map((format) => new RegExp(`^${format}$`));

const weekdays = new Set(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** When a text literal is a date, the seconds since 1970 that govaluate makes of it; undefined for any other text. */
export function unixSecondsOf(text: string): number | undefined {
  for (const format of formats) {
    const found = format.exec(text)?.groups;
    const seconds = found && secondsOf(found);
    if (seconds !== undefined) return seconds;
  }
  return undefined;
}

type Groups = Readonly<Record<string, string | undefined>>;

/** Undefined when a part is out of its range: there is no 30th of February. */
function secondsOf(groups: Groups): number | undefined {
  const part = (name: string, otherwise = 0): number => (groups[name] === undefined ? otherwise : Number(groups[name]));
  if (groups['weekday'] && !weekdays.has(groups['weekday'].toLowerCase())) return undefined;
  const month = groups['monthName'] ? months.indexOf(groups['monthName'].toLowerCase()) + 1 : part('month', 1);
  const day = part('day', 1);
  const midnight = new Date(0);
  midnight.setUTCFullYear(part('year'), month - 1, day);
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return undefined;
  const hour = groups['noon'] ? hourOf(part('half'), groups['noon']) : part('hour');
  const [minute, second] = [part('minute'), part('second')];
  const [hours, minutes] = [part('hours'), part('minutes')];
  if (hour > 23 || minute > 59 || second > 59 || hours > 24 || minutes > 59) return undefined;
  const east = (groups['sign'] === '-' ? -1 : 1) * (hours * 60 + minutes);
  return midnight.getTime() / 1000 + (hour * 60 + minute - east) * 60 + second;
}

/** From a clock of twelve hours; beyond the day for what is none. */
function hourOf(half: number, noon: string): number {
  if (half > 12) return 24;
  return (half % 12) + (noon === 'PM' ? 12 : 0);
}
