import { bytesOf } from '../bytes.ts';
import { quote } from '../quote.ts';
import { type Flags, pad } from './flags.ts';

/** A string by a verb; undefined when the verb is not for strings. */
export function stringByVerb(text: string, verb: string, flags: Flags): string | undefined {
  if (verb === 's' || (verb === 'v' && !flags.goSyntax)) return pad(truncated(text, flags), flags);
  if (verb === 'q' || verb === 'v') return quoted(truncated(text, flags), flags);
  return verb === 'x' || verb === 'X' ? hex(text, verb, flags) : undefined;
}

function truncated(text: string, { precision }: Flags): string {
  return precision === undefined || text.length <= precision ? text : [...text].slice(0, precision).join('');
}

function quoted(text: string, flags: Flags): string {
  if (flags.sharp && canBackquote(text)) return pad(`\`${text}\``, flags);
  return pad(quote(text, flags.plus), flags);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const canBackquote = (text: string): boolean => !/[\x00-\x08\x0a-\x1f\x7f`\ufeff]|\p{Surrogate}/u.test(text);

/** The bytes in hexadecimal, the precision counting bytes. */
function hex(text: string, verb: string, flags: Flags): string {
  const bytes = bytesOf(text).subarray(0, flags.precision);
  if (bytes.length === 0) return pad('', flags);
  const mark = flags.sharp ? '0x' : '';
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  const joined = flags.space ? digits.map((one) => mark + one).join(' ') : mark + digits.join('');
  return pad(verb === 'X' ? joined.toUpperCase() : joined, flags);
}
