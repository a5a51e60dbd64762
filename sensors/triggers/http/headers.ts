/** The headers of one request, by name as it is to be written; no two names differ by case only. */
export type Headers = Readonly<Record<string, string>>;

/** What is ours to say, because it is of the connection and not of the author's message; as with Go, it has no effect there. */
export const isOurs = (name: string): boolean =>
  /^(?:host|content-length|transfer-encoding|trailer|connection|keep-alive|upgrade|expect)$/i.test(name);

/** With one more header, which takes the place of one of the same name. */
export function withHeader(headers: Headers, name: string, value: string): Headers {
  if (isOurs(name)) return headers;
  const same = name.toLowerCase();
  const others = Object.entries(headers).filter(([other]) => other.toLowerCase() !== same);
  return { ...Object.fromEntries(others), [name]: value };
}

export function hasHeader(headers: Headers, name: string): boolean {
  const same = name.toLowerCase();
  for (const other in headers) if (other.length === same.length && other.toLowerCase() === same) return true;
  return false;
}

/** As it may be shown: what proves who we are is hidden, also where the author has written it down in the rule. */
export const shownHeaders = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, secret.test(name) ? '<hidden>' : value]));

const secret = /^(?:proxy-)?authorization$|^cookie$|token|secret|api-?key|password/i;
