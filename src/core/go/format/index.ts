/**
 * Go's fmt: values as text, byte for byte.
 *
 *     printf('%-5s|%03d', ['ab', int(7)], spend);   // "ab   |007"
 *
 * What does not fit a verb is no error: it shows in the text, as `%!d(string=ab)`.
 */
import type { Spend } from '../function.ts';
import type { GoValue } from '../values.ts';
import { printed } from './value.ts';

export { printf } from './printf.ts';
export { printed } from './value.ts';

/** fmt.Sprint: a space between two values that are both no strings. */
export function print(values: readonly GoValue[], spend: Spend): string {
  let text = '';
  for (const [index, value] of values.entries()) {
    if (index > 0 && typeof value !== 'string' && typeof values[index - 1] !== 'string') text += ' ';
    text += printed(value, spend);
    spend.bytes(text.length);
  }
  return text;
}

/** fmt.Sprintln: a space between all values, and a line feed at the end. */
export function println(values: readonly GoValue[], spend: Spend): string {
  const parts = values.map((value) => printed(value, spend));
  for (const part of parts) spend.bytes(part.length);
  return `${parts.join(' ')}\n`;
}
