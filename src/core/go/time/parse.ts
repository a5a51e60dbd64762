import { GoError } from '../function.ts';
import { civilOf, daysInMonth, daysOf, secondsOf, secondsOfDay } from './civil.ts';
import { isFraction, months, splitLayout, weekdays } from './layout.ts';
import { fixedZone, type Location, utc } from './location.ts';
import { Time } from './time.ts';

/** time.Parse: reads a text as its layout says; without a zone it is in UTC. Throws GoError in Go's words. */
export function parseTime(layout: string, text: string): Time {
  return new TimeReader(layout, text).read();
}

class TimeReader {
  readonly #layout: string;
  readonly #text: string;
  #rest: string;
  #part = '';
  #year = 0;
  #month: number | undefined;
  #day: number | undefined;
  #dayOfYear: number | undefined;
  #hour = 0;
  #minute = 0;
  #second = 0;
  #nanos = 0;
  #half: 'am' | 'pm' | undefined;
  #location: Location | undefined;
  #offset: number | undefined;
  #zoneName = '';

  constructor(layout: string, text: string) {
    this.#layout = layout;
    this.#text = text;
    this.#rest = text;
  }

  read(): Time {
    const pieces = splitLayout(this.#layout);
    for (const [index, piece] of pieces.entries()) {
      this.#part = piece;
      if (index % 2 === 0) this.#literal(piece);
      else this.#take(piece, pieces[index + 2]);
    }
    if (this.#rest !== '') throw this.#problem(`: extra text: ${JSON.stringify(this.#rest)}`, '');
    return this.#time();
  }

  #problem(because = '', part = this.#part): GoError {
    if (because) return new GoError(`parsing time ${JSON.stringify(this.#text)}${because}`);
    const asked = `as ${JSON.stringify(this.#layout)}: cannot parse ${JSON.stringify(this.#rest)} as ${JSON.stringify(part)}`;
    return new GoError(`parsing time ${JSON.stringify(this.#text)} ${asked}`);
  }

  #outOfRange(what: string): GoError {
    return this.#problem(`: ${what} out of range`);
  }

  /** Spaces in the layout stand for any number of spaces. */
  #literal(piece: string): void {
    for (let at = 0; at < piece.length; ) {
      if (piece[at] === ' ') {
        if (this.#rest !== '' && this.#rest[0] !== ' ') throw this.#problem();
        while (piece[at] === ' ') at += 1;
        this.#rest = this.#rest.replace(/^ +/, '');
        continue;
      }
      if (this.#rest[0] !== piece[at]) throw this.#problem();
      this.#rest = this.#rest.slice(1);
      at += 1;
    }
  }

  #match(pattern: RegExp): string {
    const found = pattern.exec(this.#rest)?.[0];
    if (found === undefined) throw this.#problem();
    this.#rest = this.#rest.slice(found.length);
    return found;
  }

  #number(fixed: boolean): number {
    return Number(this.#match(fixed ? /^\d\d/ : /^\d\d?/));
  }

  #within(what: string, low: number, high: number, fixed: boolean): number {
    const value = this.#number(fixed);
    if (value < low || value > high) throw this.#outOfRange(what);
    return value;
  }

  #name(names: readonly string[], short: boolean): number {
    const candidates = short ? names.map((name) => name.slice(0, 3)) : names;
    const index = candidates.findIndex((name) => this.#rest.slice(0, name.length).toLowerCase() === name.toLowerCase());
    if (index < 0) throw this.#problem();
    this.#rest = this.#rest.slice(candidates[index]!.length);
    return index;
  }

  #take(part: string, nextPart: string | undefined): void {
    switch (part) {
      case '2006':
        this.#year = Number(this.#match(/^\d{4}/));
        return;
      case '06': {
        const year = Number(this.#match(/^\d\d/));
        this.#year = year + (year >= 69 ? 1900 : 2000);
        return;
      }
      case 'January':
      case 'Jan':
        this.#month = this.#name(months, part === 'Jan') + 1;
        return;
      case '1':
      case '01':
        this.#month = this.#within('month', 1, 12, part === '01');
        return;
      case 'Monday':
      case 'Mon':
        this.#name(weekdays, part === 'Mon');
        return;
      case '_2':
        this.#rest = this.#rest.replace(/^ /, '');
        this.#day = this.#number(false);
        return;
      case '2':
      case '02':
        this.#day = this.#number(part === '02');
        return;
      case '__2':
        this.#rest = this.#rest.replace(/^ {1,2}/, '');
        this.#dayOfYear = Number(this.#match(/^\d{1,3}/));
        return;
      case '002':
        this.#dayOfYear = Number(this.#match(/^\d{3}/));
        return;
      case '15':
        this.#hour = this.#within('hour', 0, 23, false);
        return;
      case '3':
      case '03':
        this.#hour = this.#within('hour', 0, 12, part === '03');
        return;
      case '4':
      case '04':
        this.#minute = this.#within('minute', 0, 59, part === '04');
        return;
      case '5':
      case '05':
        this.#second = this.#within('second', 0, 59, part === '05');
        if (!isFraction(nextPart) && /^[.,]\d/.test(this.#rest)) this.#fraction(this.#match(/^[.,]\d+/));
        return;
      case 'PM':
      case 'pm':
        this.#half = this.#match(part === 'PM' ? /^[AP]M/ : /^[ap]m/).toLowerCase() as 'am' | 'pm';
        return;
      case 'MST':
        this.#zone();
        return;
      default:
        if (!isFraction(part)) this.#takeOffset(part);
        else if (part[1] === '0') this.#fraction(this.#match(new RegExp(`^[.,]\\d{${Math.min(part.length - 1, 1000)}}`)));
        else if (/^[.,]\d/.test(this.#rest)) this.#fraction(this.#match(/^[.,]\d+/));
    }
  }

  #fraction(text: string): void {
    this.#nanos = Number(text.slice(1, 10).padEnd(9, '0'));
  }

  #takeOffset(part: string): void {
    if (part.startsWith('Z') && this.#rest.startsWith('Z')) {
      this.#rest = this.#rest.slice(1);
      this.#location = utc;
      return;
    }
    const colon = part.includes(':') ? ':' : '';
    const fields = part.length > 6 ? 3 : part.length > 3 ? 2 : 1;
    const text = this.#match(new RegExp(`^[+-]\\d\\d${`${colon}\\d\\d`.repeat(fields - 1)}`));
    const [hours = 0, minutes = 0, seconds = 0] = text.match(/\d\d/g)!.map(Number);
    if (hours > 24) throw this.#outOfRange('time zone offset hour');
    if (minutes > 60) throw this.#outOfRange('time zone offset minute');
    if (seconds > 60) throw this.#outOfRange('time zone offset second');
    this.#offset = (hours * 3600 + minutes * 60 + seconds) * (text[0] === '-' ? -1 : 1);
  }

  #zone(): void {
    if (this.#rest.startsWith('UTC')) {
      this.#rest = this.#rest.slice(3);
      this.#location = utc;
    } else
      this.#zoneName = this.#match(/^(?:GMT(?:[+-](?:1\d|2[0-3]|\d))?|ChST|MeST|WITA|[A-Z]{3}(?![A-Z])|[A-Z]{3,4}T(?![A-Z])|[+-]\d\d)/);
  }

  #time(): Time {
    if (this.#half === 'pm' && this.#hour < 12) this.#hour += 12;
    if (this.#half === 'am' && this.#hour === 12) this.#hour = 0;
    if (this.#dayOfYear !== undefined) this.#dateOfDay(this.#dayOfYear);
    const [year, month, day] = [this.#year, this.#month ?? 1, this.#day ?? 1];
    if (day < 1 || day > daysInMonth(year, month)) throw this.#outOfRange('day');
    const wall = secondsOf({ year, month, day, hour: this.#hour, minute: this.#minute, second: this.#second });
    if (this.#location) return new Time(wall, this.#nanos, this.#location);
    if (this.#offset !== undefined) {
      const plain = this.#offset === 0 && (this.#zoneName === '' || this.#zoneName === 'UTC');
      return new Time(wall - this.#offset, this.#nanos, plain ? utc : fixedZone(this.#zoneName, this.#offset));
    }
    if (this.#zoneName === '') return new Time(wall, this.#nanos);
    const hours = /^GMT([+-]\d+)/.exec(this.#zoneName)?.[1] ?? 0;
    return new Time(wall, this.#nanos, fixedZone(this.#zoneName, Number(hours) * 3600));
  }

  #dateOfDay(dayOfYear: number): void {
    const first = daysOf(this.#year, 1, 1);
    if (dayOfYear < 1 || dayOfYear > daysOf(this.#year + 1, 1, 1) - first) throw this.#outOfRange('day-of-year');
    const { month, day } = civilOf((first + dayOfYear - 1) * secondsOfDay);
    if (this.#month !== undefined && this.#month !== month) throw this.#problem(': day-of-year does not match month');
    if (this.#day !== undefined && this.#day !== day) throw this.#problem(': day-of-year does not match day');
    this.#month = month;
    this.#day = day;
  }
}
