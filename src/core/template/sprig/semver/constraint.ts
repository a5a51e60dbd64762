import { GoError } from '../../../go/function.ts';
import { Version } from './version.ts';

const part = '[0-9|xX*]+';
const identifiers = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const version = `v?${part}(?:\\.${part})?(?:\\.${part})?(?:-${identifiers})?(?:\\+${identifiers})?`;
const operator = '=||!=|>|<|>=|=>|<=|=<|~|~>|\\^';
const one = `(?:${operator})\\s*${version}`;

const range = new RegExp(`\\s*(${version})\\s+-\\s+(${version})\\s*`, 'g');
const conjunction = new RegExp(`^\\s*${one}\\s*(?:(?:\\s+|,\\s*)${one}\\s*)*$`);
const single = new RegExp(`^(${operator})\\s*v?(${part})(?:\\.(${part}))?(?:\\.(${part}))?(-${identifiers})?(?:\\+${identifiers})?$`);

/** Texts longer than this are refused: the patterns above can look at a text many times. */
const longest = 1000;

/**
 * What versions are allowed, in the words of Masterminds/semver: `>= 1.2 < 3 || ~4.1`, `^1.2.x`, `1.2 - 2.3`. A prerelease is allowed
 * only by a bound that is one itself. Throws GoError for a text that is none.
 */
export function parseConstraint(text: string): (version: Version) => boolean {
  if (text.length > longest) throw new GoError(`improper constraint: ${text.slice(0, 60)}…`);
  const spelled = text.replace(range, (_all, low: string, high: string) => `>= ${low}, <= ${high} `);
  const groups = spelled.split('||').map((group) => {
    if (!conjunction.test(group)) throw new GoError(`improper constraint: ${group}`);
    return parts(group).map(bound);
  });
  return (version) => groups.some((bounds) => bounds.every((holds) => holds(version)));
}

/** The single constraints, which spaces or commas separate; a space may also stand behind an operator. */
const parts = (group: string): string[] =>
  group
    .replace(/([=!<>~^])\s+/g, '$1')
    .split(/[\s,]+/)
    .filter((text) => text !== '');

/** A bound whose minor or patch part may be missing or a wildcard. */
interface Bound {
  readonly at: Version;
  readonly anyMinor: boolean;
  readonly anyPatch: boolean;
  readonly isExact: boolean;
}

function bound(text: string): (version: Version) => boolean {
  const found = single.exec(text);
  if (!found) throw new GoError(`improper constraint: ${text}`);
  const [, sign = '', major = '', minor, patch, prerelease = ''] = found;
  const anyMajor = isWild(major);
  const anyMinor = !anyMajor && isWild(minor);
  const anyPatch = !anyMajor && !anyMinor && isWild(patch);
  const kept = anyMajor ? '0.0.0' : anyMinor ? `${major}.0.0` : anyPatch ? `${major}.${minor}.0` : `${major}.${minor}.${patch}`;
  const limit: Bound = { at: atOf(kept + prerelease), anyMinor, anyPatch, isExact: !anyMajor && !anyMinor && !anyPatch };
  const holds = operators[sign]!;
  return (version) =>
    (version.prerelease === '' || limit.at.prerelease !== '' || (sign === '!=' && limit.isExact)) && holds(version, limit);
}

function atOf(text: string): Version {
  try {
    return new Version(text);
  } catch {
    throw new GoError('constraint Parser Error');
  }
}

const isWild = (text: string | undefined): boolean => text === undefined || text === 'x' || text === 'X' || text === '*';

type Holds = (version: Version, bound: Bound) => boolean;

const notEqual: Holds = (version, { at, anyMinor, anyPatch, isExact }) => {
  if (isExact) return version.compare(at) !== 0;
  if (version.major !== at.major) return true;
  if (anyMinor) return false;
  if (version.minor !== at.minor) return true;
  return anyPatch ? version.prerelease !== at.prerelease : version.compare(at) !== 0;
};

const greater: Holds = (version, { at, anyMinor, anyPatch, isExact }) => {
  if (isExact) return version.compare(at) > 0;
  if (version.major !== at.major) return version.major > at.major;
  if (anyMinor) return false;
  return anyPatch ? version.minor > at.minor : version.compare(at) > 0;
};

const atMost: Holds = (version, { at, anyMinor, isExact }) => {
  if (isExact) return version.compare(at) <= 0;
  if (version.major !== at.major) return version.major < at.major;
  return anyMinor || version.minor <= at.minor;
};

const about: Holds = (version, { at, anyMinor, anyPatch }) => {
  if (version.compare(at) < 0) return false;
  if (at.major === 0n && at.minor === 0n && at.patch === 0n && !anyMinor && !anyPatch) return true;
  return version.major === at.major && (anyMinor || version.minor === at.minor);
};

const compatible: Holds = (version, { at, anyMinor, anyPatch }) => {
  if (version.compare(at) < 0) return false;
  if (at.major > 0n || anyMinor) return version.major === at.major;
  if (version.major > 0n) return false;
  if (at.minor > 0n || anyPatch) return version.minor === at.minor;
  return version.minor === 0n && version.patch === at.patch;
};

const equal: Holds = (version, bound) => (bound.isExact ? version.compare(bound.at) === 0 : about(version, bound));
const less: Holds = (version, { at }) => version.compare(at) < 0;
const atLeast: Holds = (version, { at }) => version.compare(at) >= 0;

const operators: Readonly<Record<string, Holds>> = {
  '': equal,
  '=': equal,
  '!=': notEqual,
  '>': greater,
  '<': less,
  '>=': atLeast,
  '=>': atLeast,
  '<=': atMost,
  '=<': atMost,
  '~': about,
  '~>': about,
  '^': compatible,
};
