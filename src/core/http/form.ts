import { percentDecoded } from '../go/url/escape.ts';

/** What stands in a form or a query. */
export interface Form {
  /** Lists by name, in the order in which they came. */
  readonly fields: Record<string, string[]>;
  /** The first pair that cannot be read: its escapes are broken, or it has a `;`. It is not among the fields. */
  readonly broken: string | undefined;
}

export const isForm = (contentType: string | undefined): boolean =>
  /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(contentType ?? '');

/** Reads `a=1&b=2` as Go does. */
export function readForm(text: string): Form {
  const fields: Record<string, string[]> = Object.create(null);
  let broken: string | undefined;
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const [name, value] = (equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]).map(decoded);
    if (name !== undefined && value !== undefined && !pair.includes(';')) {
      fields[name] ??= [];
      fields[name].push(value);
    } else broken ??= pair;
  }
  return { fields, broken };
}

const decoded = (text: string): string | undefined => percentDecoded(text.replaceAll('+', ' '));
