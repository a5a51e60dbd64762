import { error, type Finding, type Path } from '../../../core/errors/finding.ts';
import type { CeOverrides, Destination } from './fields.ts';

export const invalid = (path: Path, problem: string, hint?: string): Finding =>
  error('CONFIG_INVALID', path, { problem }, hint === undefined ? {} : { hint });

export const missing = (path: Path, problem: string, hint?: string): Finding =>
  error('CONFIG_MISSING', path, { problem }, hint === undefined ? {} : { hint });

/** What is wrong with a place that events are sent to, which has to be there. `what` is its name in a sentence: "a Trigger". */
export function checkDestination(destination: Destination | undefined, path: Path, what: string): Finding[] {
  const { ref, uri } = destination ?? {};
  const last = path.at(-1);
  const field = typeof last === 'string' ? last : 'step';
  const inField = (text: string): string => (typeof last === 'string' ? `${last}: {${text}}` : text);
  if (ref === undefined && uri === undefined)
    return [missing(path, `${what} has no ${field}`, `${inField('ref: {…}')}, or ${inField('uri: http://…')}`)];
  if (ref !== undefined && uri !== undefined) {
    if (!isAbsolute(uri)) return [];
    return [invalid([...path, 'uri'], `beside a ref the uri is a path at its address, not a whole URL`, 'leave out one of the two')];
  }
  if (ref !== undefined) {
    return (['apiVersion', 'kind', 'name'] as const)
      .filter((part) => !ref[part]?.trim())
      .map((part) => missing([...path, 'ref', part], `${field}.ref has no ${part}`));
  }
  if (uri !== undefined && hostOf(uri) !== undefined) return [];
  return [
    invalid([...path, 'uri'], `"${uri}" is no whole URL, and there is no ref whose address it could belong to`, 'uri: http://HOST/PATH'),
  ];
}

/** The same where there may be none. */
export const checkOptional = (destination: Destination | undefined, path: Path, what: string): Finding[] =>
  destination === undefined ? [] : checkDestination(destination, path, what);

export const isAbsolute = (uri: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(uri);

/** The host of a whole URL; undefined for anything else. */
export function hostOf(uri: string): string | undefined {
  // A URL of the web's kind is forgiven "http:///path", where it takes "path" for the host.
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(uri)) return undefined;
  return URL.canParse(uri) ? new URL(uri).host : undefined;
}

const attributes = ['id', 'source', 'specversion', 'type', 'subject', 'time', 'datacontenttype', 'dataschema', 'data'];

/** Names of extensions: what CloudEvents takes, and no attribute of its own. */
export function checkOverrides(overrides: CeOverrides, path: Path): Finding[] {
  return Object.keys(overrides?.extensions ?? {}).flatMap((name) => {
    const at = [...path, 'extensions', name];
    if (attributes.includes(name.toLowerCase()))
      return [invalid(at, `"${name}" is an attribute of every CloudEvent, and no extension may replace it`)];
    return /^[A-Za-z0-9]+$/.test(name) ? [] : [invalid(at, `"${name}" cannot be the name of an extension`, 'letters and digits only')];
  });
}

const subdomain = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** `v1` or `GROUP/VERSION`, and a kind. */
export function checkGroupVersionKind(
  { apiVersion, kind }: { apiVersion?: string | undefined; kind?: string | undefined },
  path: Path,
): Finding[] {
  const findings: Finding[] = [];
  const parts = apiVersion?.split('/') ?? [];
  if (!apiVersion?.trim()) findings.push(missing([...path, 'apiVersion'], 'there is no apiVersion', 'apiVersion: v1'));
  else if (parts.length > 2 || !parts.every((part) => subdomain.test(part)))
    findings.push(invalid([...path, 'apiVersion'], `"${apiVersion}" is no API version`, 'v1, or GROUP/VERSION such as apps/v1'));
  if (!kind?.trim()) findings.push(missing([...path, 'kind'], 'there is no kind', 'kind: Pod'));
  return findings;
}
