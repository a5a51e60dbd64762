import { type Civil, civilOf, dayOfYear, weekdayOf } from './civil.ts';
import { months, splitLayout, weekdays } from './layout.ts';
import type { Location } from './location.ts';

export interface Instant {
  readonly seconds: number;
  readonly nanos: number;
  readonly location: Location;
}

/** time.Format: the layout with each part of the reference time replaced. */
export function formatTime(instant: Instant, layout: string): string {
  const { offset, abbreviation } = instant.location.at(instant.seconds);
  const wall = instant.seconds + offset;
  const civil = civilOf(wall);
  return splitLayout(layout)
    .map((piece, index) => (index % 2 === 0 ? piece : part(piece, civil, wall, instant.nanos, offset, abbreviation)))
    .join('');
}

function part(piece: string, civil: Civil, wall: number, nanos: number, offset: number, abbreviation: string): string {
  switch (piece) {
    case '2006':
      return digits(civil.year, 4);
    case '06':
      return digits(((civil.year % 100) + 100) % 100, 2);
    case 'January':
      return months[civil.month - 1]!;
    case 'Jan':
      return months[civil.month - 1]!.slice(0, 3);
    case '1':
      return `${civil.month}`;
    case '01':
      return digits(civil.month, 2);
    case 'Monday':
      return weekdays[weekdayOf(wall)]!;
    case 'Mon':
      return weekdays[weekdayOf(wall)]!.slice(0, 3);
    case '2':
      return `${civil.day}`;
    case '_2':
      return `${civil.day}`.padStart(2, ' ');
    case '02':
      return digits(civil.day, 2);
    case '__2':
      return `${dayOfYear(civil)}`.padStart(3, ' ');
    case '002':
      return digits(dayOfYear(civil), 3);
    case '15':
      return digits(civil.hour, 2);
    case '3':
      return `${civil.hour % 12 || 12}`;
    case '03':
      return digits(civil.hour % 12 || 12, 2);
    case '4':
      return `${civil.minute}`;
    case '04':
      return digits(civil.minute, 2);
    case '5':
      return `${civil.second}`;
    case '05':
      return digits(civil.second, 2);
    case 'PM':
      return civil.hour >= 12 ? 'PM' : 'AM';
    case 'pm':
      return civil.hour >= 12 ? 'pm' : 'am';
    case 'MST':
      return abbreviation;
    default:
      return /^[.,]/.test(piece) ? fraction(piece, nanos) : zone(piece, offset);
  }
}

function digits(value: number, width: number): string {
  return `${value < 0 ? '-' : ''}${`${Math.abs(value)}`.padStart(width, '0')}`;
}

/** `.000` has as many digits as it shows, `.999` leaves out the zeros at the end. */
function fraction(piece: string, nanos: number): string {
  const text = `${nanos}`
    .padStart(9, '0')
    .padEnd(piece.length - 1, '0')
    .slice(0, piece.length - 1);
  if (piece[1] === '0') return piece[0] + text;
  const kept = text.replace(/0+$/, '');
  return kept && piece[0] + kept;
}

function zone(piece: string, offset: number): string {
  if (piece.startsWith('Z') && offset === 0) return 'Z';
  const size = Math.abs(offset);
  const colon = piece.includes(':') ? ':' : '';
  const fields = [Math.floor(size / 3600)];
  if (piece.length > 3) fields.push(Math.floor(size / 60) % 60);
  if (piece.length > 6) fields.push(size % 60);
  return `${offset < 0 ? '-' : '+'}${fields.map((field) => digits(field, 2)).join(colon)}`;
}
