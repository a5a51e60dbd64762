const number = '(\\d+(?:[.,]\\d+)?)';
const part = (letters: string): string => Array.from(letters, (letter) => `(?:${number}${letter})?`).join('');
const pattern = new RegExp(`^([+-]?)P(?!$)${part('YMWD')}(?:T(?=\\d)${part('HMS')})?$`);

const second = 1000;
const day = 86_400 * second;
/** A year and a month as long as they are on average in 400 years. */
const units = [365.2425 * day, 30.436875 * day, 7 * day, day, 3600 * second, 60 * second, second];

/**
 * An ISO 8601 duration in milliseconds, undefined when it is none. As in Knative, each number keeps one digit of its fraction, so
 * `PT0.25S` is 200 ms.
 */
export function parsePeriod(text: string): number | undefined {
  if (text === 'P0') return 0;
  const [, sign, ...numbers] = pattern.exec(text) ?? [];
  if (sign === undefined) return undefined;
  let total = 0;
  for (const [index, digits] of numbers.entries())
    if (digits !== undefined) total += (Math.trunc(Number(digits.replace(',', '.')) * 10) / 10) * units[index]!;
  return Math.round(sign === '-' ? -total : total);
}
