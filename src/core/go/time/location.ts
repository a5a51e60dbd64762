import { zoneNamed } from '../../time/zone.ts';

/** Where clocks stand how far ahead of UTC, in seconds, and what that is called there. */
export interface Location {
  readonly name: string;
  at(unixSeconds: number): { readonly offset: number; readonly abbreviation: string };
}

export const utc: Location = { name: 'UTC', at: () => ({ offset: 0, abbreviation: 'UTC' }) };

/** An offset that a text named, and nothing else is known of the place. */
export function fixedZone(abbreviation: string, offset: number): Location {
  const at = { offset, abbreviation: abbreviation || signed(offset, true) };
  return { name: abbreviation, at: () => at };
}

/** A zone of the IANA database; undefined when there is none of that name. `Local` and the empty name are UTC, wherever we run. */
export function locationNamed(name: string): Location | undefined {
  if (name === '' || name === 'UTC' || name === 'Local') return utc;
  const zone = zoneNamed(name);
  if (!zone) return undefined;
  return {
    name,
    at(unixSeconds) {
      const instant = Math.min(Math.max(unixSeconds * 1000, -8e15), 8e15);
      const offset = Math.round(zone.offsetAt(instant) / 1000);
      return { offset, abbreviation: abbreviationOf(name, instant) ?? signed(offset) };
    },
  };
}

/** The languages of the regions whose people have letters for their time; elsewhere it is told in numbers, as `GMT+8`. */
const languages = ['en-US', 'en-GB', 'en-AU', 'en-ZA', 'en-NZ'];

/** Zones with letters of their own that no English-speaking region uses. */
const letters: Readonly<Record<string, string>> = {
  'Asia/Kolkata': 'IST',
  'Asia/Calcutta': 'IST',
  'Asia/Tokyo': 'JST',
  'Asia/Seoul': 'KST',
  'Asia/Shanghai': 'CST',
  'Asia/Taipei': 'CST',
  'Asia/Macau': 'CST',
  'Asia/Hong_Kong': 'HKT',
  'Asia/Manila': 'PST',
  'Asia/Karachi': 'PKT',
  'Asia/Jakarta': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
  'Europe/Moscow': 'MSK',
  'Europe/Simferopol': 'MSK',
  'Africa/Lagos': 'WAT',
  'Africa/Nairobi': 'EAT',
  'Africa/Maputo': 'CAT',
  'Pacific/Guam': 'ChST',
};

function abbreviationOf(zone: string, instant: number): string | undefined {
  if (letters[zone]) return letters[zone];
  for (const language of languages) {
    const format = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'short' });
    const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value;
    if (name && /^(?!GST)[A-Z]{3,5}$/.test(name)) return name;
  }
  return undefined;
}

/** `+08`, `-0330`: what stands for the letters where a zone has none. */
function signed(offset: number, withMinutes = false): string {
  const minutes = Math.floor(Math.abs(offset) / 60);
  const rest = minutes % 60;
  const hours = `${Math.floor(minutes / 60)}`.padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${hours}${rest || withMinutes ? `${rest}`.padStart(2, '0') : ''}`;
}
