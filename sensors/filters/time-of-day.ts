/** A time of day in milliseconds since midnight, or Go's words for why it is none (which name the date that it is on). */
export type TimeOfDay = { readonly milliseconds: number } | { readonly problem: (date: string) => string };

const layout = '2006-01-02 15:04:05';

/** In Go's layout: what it is written as, the text that it must have, its limit, and its weight. */
const fields = [
  { name: 'hour', sign: '15', form: /^\d\d?/, limit: 24, milliseconds: 3_600_000 },
  { name: 'minute', sign: '04', form: /^\d\d/, limit: 60, milliseconds: 60_000 },
  { name: 'second', sign: '05', form: /^\d\d/, limit: 60, milliseconds: 1000 },
] as const;

/** Reads "9:30:00" as Go's `time.Parse` does: spaces may precede it, the hour may be one digit, the seconds may have a fraction. */
export function timeOfDay(text: string): TimeOfDay {
  const problem = (rest: (shown: string) => string): TimeOfDay => ({
    problem: (date) => rest(`parsing time "${date && `${date} `}${text}"`),
  });
  const unreadable = (rest: string, sign: string) => problem((shown) => `${shown} as "${layout}": cannot parse "${rest}" as "${sign}"`);
  let milliseconds = 0;
  let rest = text.replace(/^ +/, '');
  for (const field of fields) {
    if (field.name !== 'hour') {
      if (!rest.startsWith(':')) return unreadable(rest, ':');
      rest = rest.slice(1);
    }
    const digits = field.form.exec(rest)?.[0];
    if (digits === undefined) return unreadable(rest, field.sign);
    if (Number(digits) >= field.limit) return problem((shown) => `${shown}: ${field.name} out of range`);
    milliseconds += Number(digits) * field.milliseconds;
    rest = rest.slice(digits.length);
  }
  const fraction = /^[.,](\d+)/.exec(rest);
  if (fraction) {
    milliseconds += Number(`0.${fraction[1]}`) * 1000;
    rest = rest.slice(fraction[0].length);
  }
  return rest === '' ? { milliseconds } : problem((shown) => `${shown}: extra text: "${rest}"`);
}
