import { fn, GoError, type GoFunction } from '../../go/function.ts';
import { baseName, cleanPath, directory, extension } from '../../go/path.ts';
import { hostName, parseUrl, type Url, urlText } from '../../go/url/url.ts';
import { emptyMap, type GoMap, kindName, member } from '../../go/values.ts';

function urlMap(text: string): GoMap {
  const { user, host, ...parts } = parsed(text, 'unable to parse url');
  return Object.assign(emptyMap(), { ...parts, host, hostname: hostName(host), userinfo: user ?? '' });
}

function parsed(text: string, problem: string): Url {
  try {
    return parseUrl(text);
  } catch (thrown) {
    throw thrown instanceof GoError ? new GoError(`${problem}: ${thrown.message}`) : thrown;
  }
}

function joinedUrl(map: GoMap | undefined): string {
  const part = (key: string): string => {
    const value = map && member(map, key);
    if (value === undefined) return '';
    if (typeof value === 'string') return value;
    throw new GoError(`unable to parse ${key} key, must be of type string, but ${kindName(value)} found`);
  };
  const userinfo = part('userinfo');
  return urlText({
    scheme: part('scheme'),
    opaque: part('opaque'),
    user: userinfo ? parsed(`proto://${userinfo}@host`, 'unable to parse userinfo in dict').user : undefined,
    host: part('host'),
    path: part('path'),
    query: part('query'),
    fragment: part('fragment'),
  });
}

const onText = (reads: (text: string) => string | boolean): GoFunction => fn(['string'], ([text]) => reads(text));

/** Names of files and URLs. The forms with `os` are the same: they know only slashes here. */
export const places: Readonly<Record<string, GoFunction>> = {
  base: onText(baseName),
  dir: onText(directory),
  clean: onText(cleanPath),
  ext: onText(extension),
  isAbs: onText((path) => path.startsWith('/')),
  osBase: onText(baseName),
  osDir: onText(directory),
  osClean: onText(cleanPath),
  osExt: onText(extension),
  osIsAbs: onText((path) => path.startsWith('/')),
  urlParse: fn(['string'], ([text]) => urlMap(text)),
  urlJoin: fn(['map'], ([map]) => joinedUrl(map)),
};
