import { GoError } from '../function.ts';
import { fragmentEscape, pathEscape, percentDecoded, userEscape } from './escape.ts';

/** A URL in its parts, as Go's net/url has them. `user` is undefined when there is none; what it holds is still escaped. */
export interface Url {
  readonly scheme: string;
  readonly opaque: string;
  readonly user: string | undefined;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

/** url.Parse. Throws GoError in Go's words. */
export function parseUrl(text: string): Url {
  const hash = text.indexOf('#');
  const whole = hash < 0 ? text : text.slice(0, hash);
  const fail = (problem: string): never => {
    throw new GoError(`parse ${JSON.stringify(whole)}: ${problem}`);
  };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\x00-\x1f\x7f]/.test(whole)) fail('net/url: invalid control character in URL');
  const fragment = hash < 0 ? '' : decoded(text.slice(hash + 1), fail);
  if (whole === '*') return { scheme: '', opaque: '', user: undefined, host: '', path: '*', query: '', fragment };
  const { scheme, rest } = schemeOf(whole, fail);
  const mark = rest.indexOf('?');
  const before = mark < 0 ? rest : rest.slice(0, mark);
  const query = mark < 0 ? '' : rest.slice(mark + 1);
  const parts = { scheme, opaque: '', user: undefined, host: '', query, fragment };
  if (!before.startsWith('/')) {
    if (scheme !== '') return { ...parts, opaque: before, path: '' };
    if (before.split('/')[0]!.includes(':')) fail('first path segment in URL cannot contain colon');
    return { ...parts, path: decoded(before, fail) };
  }
  const hasHost = before.startsWith('//') && (scheme !== '' || !before.startsWith('///'));
  if (!hasHost) return { ...parts, path: decoded(before, fail) };
  const slash = before.indexOf('/', 2);
  const authority = before.slice(2, slash < 0 ? undefined : slash);
  const at = authority.lastIndexOf('@');
  const host = hostOf(scheme, authority.slice(at + 1), fail);
  const user = at < 0 ? undefined : userOf(authority.slice(0, at), fail);
  return { ...parts, user, host, path: slash < 0 ? '' : decoded(before.slice(slash), fail) };
}

type Fail = (problem: string) => never;

function decoded(text: string, fail: Fail): string {
  const plain = percentDecoded(text);
  return plain ?? fail(`invalid URL escape ${JSON.stringify(/%(?![0-9a-fA-F]{2}).{0,2}/.exec(text)![0])}`);
}

function schemeOf(text: string, fail: Fail): { scheme: string; rest: string } {
  const [, name, colon] = /^([a-zA-Z][a-zA-Z0-9+\-.]*)?(:)?/.exec(text)!;
  if (colon === undefined) return { scheme: '', rest: text };
  if (name === undefined) return fail('missing protocol scheme');
  return { scheme: name.toLowerCase(), rest: text.slice(name.length + 1) };
}

function hostOf(scheme: string, text: string, fail: Fail): string {
  const bracket = text.lastIndexOf('[');
  if (bracket > 0) return fail('invalid IP-literal');
  const strict = scheme === 'http' || scheme === 'https';
  const port =
    bracket === 0
      ? text.slice(text.lastIndexOf(']') + 1)
      : /:.*$/s.exec(strict ? text : text.slice(Math.max(text.lastIndexOf(':'), 0)))?.[0];
  if (bracket === 0 && !text.includes(']')) return fail("missing ']' in host");
  if (port && !/^:\d*$/.test(port)) return fail(`invalid port ${JSON.stringify(port)} after host`);
  const wrongEscape = /%(?:[0-7][0-9a-fA-F])/.exec(text.replaceAll('%25', ''));
  if (wrongEscape) return fail(`invalid URL escape ${JSON.stringify(wrongEscape[0])}`);
  const wrong = /[ "^`{|}\\]/.exec(text)?.[0];
  if (wrong) return fail(`invalid character ${JSON.stringify(wrong)} in host name`);
  return decoded(text, fail);
}

function userOf(text: string, fail: Fail): string {
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(text)) return fail('net/url: invalid userinfo');
  const colon = text.indexOf(':');
  if (colon < 0) return userEscape(decoded(text, fail));
  return `${userEscape(decoded(text.slice(0, colon), fail))}:${userEscape(decoded(text.slice(colon + 1), fail))}`;
}

/** The host without its port and brackets. */
export function hostName(host: string): string {
  const plain = host.replace(/:\d*$/, '');
  return /^\[.*\]$/.test(plain) ? plain.slice(1, -1) : plain;
}

/** The text of a URL, every part escaped as it must be. */
export function urlText({ scheme, opaque, user, host, path, query, fragment }: Url): string {
  let text = scheme && `${scheme}:`;
  if (opaque) text += opaque;
  else {
    if (scheme || host || user !== undefined) {
      if (host || path || user !== undefined) text += '//';
      if (user !== undefined) text += `${user}@`;
      text += hostEscape(host);
    }
    const escaped = path === '*' ? path : pathEscape(path);
    if (escaped && !escaped.startsWith('/') && host) text += '/';
    if (text === '' && escaped.split('/')[0]!.includes(':')) text = './';
    text += escaped;
  }
  if (query) text += `?${query}`;
  return fragment ? `${text}#${fragmentEscape(fragment)}` : text;
}

const hostEscape = (host: string): string =>
  host.replace(/[^A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]+/g, (part) => pathEscape(part).replace(/[/@]/g, encodeURIComponent));
