/** A time zone: how far its clocks are ahead of UTC at an instant, in milliseconds. */
export interface Zone {
  offsetAt(instant: number): number;
}

/** Finds a zone of the IANA database ("Europe/London", "UTC"); undefined when there is none of that name. */
export function zoneNamed(name: string): Zone | undefined {
  if (name === 'UTC') return { offsetAt: () => 0 };
  if (!/^[A-Za-z]/.test(name)) return undefined;
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: name, hourCycle: 'h23', ...numeric });
  } catch {
    return undefined;
  }
  return { offsetAt: (instant) => wallClock(format, instant) - Math.floor(instant / 1000) * 1000 };
}

/** What a clock on the wall shows, as if it were UTC. */
function wallClock(format: Intl.DateTimeFormat, instant: number): number {
  const [month, day, year, hours, minutes, seconds] = (format.format(instant).match(/\d+/g) ?? []).map(Number);
  return Date.UTC(year!, month! - 1, day, hours, minutes, seconds);
}

/**
 * The instant at which clocks of a zone show `wall` (date and time as if it were UTC). Where they show it twice or skip it, one of
 * the two offsets around the change is taken, the one that Go takes.
 */
export function instantOf(zone: Zone, wall: number): number {
  const offset = zone.offsetAt(wall);
  const there = zone.offsetAt(wall - offset);
  return wall - there;
}
