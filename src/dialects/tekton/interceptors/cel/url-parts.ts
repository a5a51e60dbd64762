import type { CelObject } from '../../../../core/cel/values/value.ts';
import { percentDecoded } from '../../../../core/go/url/escape.ts';
import { parseUrl } from '../../../../core/go/url/url.ts';

/** The parts of a URL as `parseURL()` gives them; `auth` only where there is a user. Throws GoError. */
export function urlParts(text: string): CelObject {
  const { scheme, user, host, path, query, fragment } = parseUrl(text);
  const values = queryValues(query);
  const [username = '', password = ''] = user?.split(':').map((part) => percentDecoded(part) ?? part) ?? [];
  return {
    scheme,
    host,
    path,
    rawQuery: query,
    fragment,
    query: Object.fromEntries(Object.entries(values).map(([key, list]) => [key, list.join(',')])),
    queryStrings: values,
    ...(user === undefined ? {} : { auth: { username, password } }),
  };
}

/** As Go's url.Query: what cannot be read is left out. */
function queryValues(query: string): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const pair of query.split('&')) {
    if (pair === '' || pair.includes(';')) continue;
    const equals = pair.indexOf('=');
    const decode = (part: string) => percentDecoded(part.replaceAll('+', ' '));
    const key = decode(equals < 0 ? pair : pair.slice(0, equals));
    const value = decode(equals < 0 ? '' : pair.slice(equals + 1));
    if (key === undefined || value === undefined) continue;
    values.set(key, [...(values.get(key) ?? []), value]);
  }
  return Object.fromEntries(values);
}
