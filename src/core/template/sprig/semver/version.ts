import { fn, GoError, type GoFunction } from '../../../go/function.ts';
import { type GoValue, Int, int, Struct } from '../../../go/values.ts';
import { byBytes } from '../../../json/by-bytes.ts';
import { goQuote } from '../../../json/quote.ts';
import { own } from '../../../own.ts';

const identifiers = '([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)';
const form = new RegExp(`^v?([0-9]+)(?:\\.([0-9]+))?(?:\\.([0-9]+))?(?:-${identifiers})?(?:\\+${identifiers})?$`);

/** A semantic version as Masterminds/semver reads it: a `v` in front, and minor and patch may be missing. */
export class Version extends Struct {
  override readonly type = '*semver.Version';
  override readonly kind = 'ptr';
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  readonly prerelease: string;
  readonly metadata: string;
  readonly original: string;

  /** Throws GoError. */
  constructor(text: string) {
    super();
    const found = form.exec(text);
    if (!found) throw new GoError('Invalid Semantic Version');
    const [, major, minor, patch, prerelease = '', metadata = ''] = found;
    if (prerelease.split('.').some((part) => /^0\d+$/.test(part))) throw new GoError('Version segment starts with 0');
    this.major = segment(major);
    this.minor = segment(minor);
    this.patch = segment(patch);
    this.prerelease = prerelease;
    this.metadata = metadata;
    this.original = text;
  }

  /** Below zero when this one comes first. Metadata does not count. */
  compare(other: Version): number {
    for (const part of ['major', 'minor', 'patch'] as const) if (this[part] !== other[part]) return this[part] < other[part] ? -1 : 1;
    return comparePrereleases(this.prerelease, other.prerelease);
  }

  override method(name: string): GoFunction | undefined {
    const reads = own(fields, name);
    if (reads) return fn([], () => reads(this));
    const compares = own(comparisons, name);
    return compares && fn(['any'], ([other]) => compares(this.compare(versionIn(other))));
  }

  override toString(): string {
    const { major, minor, patch, prerelease, metadata } = this;
    return `${major}.${minor}.${patch}${prerelease && `-${prerelease}`}${metadata && `+${metadata}`}`;
  }

  override toJson(): string {
    return goQuote(this.toString());
  }

  override equals(other: Struct): boolean {
    return other instanceof Version && other.original === this.original && other.toString() === this.toString();
  }
}

function segment(digits: string | undefined): bigint {
  const value = digits === undefined ? 0n : digits.length > 40 ? 1n << 64n : BigInt(digits);
  if (value >= 1n << 64n) throw new GoError(`Error parsing version segment: strconv.ParseUint: parsing "${digits}": value out of range`);
  return value;
}

/** No prerelease comes after any; else part by part, numbers before words. */
function comparePrereleases(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '' || b === '') return a === '' ? 1 : -1;
  const [left, right] = [a.split('.'), b.split('.')];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const order = compareParts(left[index], right[index]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareParts(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
  const [aNumber, bNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (aNumber !== bNumber) return aNumber ? -1 : 1;
  if (aNumber && a.length !== b.length) return a.length - b.length;
  return byBytes(a, b);
}

const uint64 = (value: bigint): Int => new Int(value, 'uint64');

const fields: Readonly<Record<string, (version: Version) => GoValue>> = {
  Major: ({ major }) => uint64(major),
  Minor: ({ minor }) => uint64(minor),
  Patch: ({ patch }) => uint64(patch),
  Prerelease: ({ prerelease }) => prerelease,
  Metadata: ({ metadata }) => metadata,
  Original: ({ original }) => original,
  String: (version) => version.toString(),
};

const comparisons: Readonly<Record<string, (order: number) => GoValue>> = {
  Compare: (order) => int(Math.sign(order)),
  Equal: (order) => order === 0,
  LessThan: (order) => order < 0,
  LessThanEqual: (order) => order <= 0,
  GreaterThan: (order) => order > 0,
  GreaterThanEqual: (order) => order >= 0,
};

function versionIn(value: GoValue): Version {
  if (value instanceof Version) return value;
  throw new GoError('wrong type for value; expected *semver.Version');
}
