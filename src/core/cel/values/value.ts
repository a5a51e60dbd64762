import { type Location, utc } from '../../go/time/location.ts';

/**
 * What an expression works with. Data from JSON stays what it is: texts, booleans, null, arrays, objects, and numbers, each of which is a
 * double (a `bigint` too: it is a number of JSON whose digits a double cannot hold). Everything else has a class of its own.
 */
export type CelValue = null | boolean | number | bigint | string | readonly CelValue[] | CelObject | Typed;

/** An object of JSON. Only its own members count. */
export interface CelObject {
  readonly [key: string]: CelValue;
}

export type Kind =
  | 'null_type'
  | 'bool'
  | 'double'
  | 'int'
  | 'uint'
  | 'string'
  | 'bytes'
  | 'list'
  | 'map'
  | 'timestamp'
  | 'duration'
  | 'type';

/** A value that JSON does not have. */
export abstract class Typed {
  abstract readonly kind: Kind;
}

export class Int extends Typed {
  readonly kind = 'int';
  readonly value: bigint;

  constructor(value: bigint) {
    super();
    this.value = value;
  }
}

export class Uint extends Typed {
  readonly kind = 'uint';
  readonly value: bigint;

  constructor(value: bigint) {
    super();
    this.value = value;
  }
}

export class Bytes extends Typed {
  readonly kind = 'bytes';
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    super();
    this.bytes = bytes;
  }
}

/** Nanoseconds since 1970, and the zone in which it is written. */
export class Timestamp extends Typed {
  readonly kind = 'timestamp';
  readonly nanos: bigint;
  readonly location: Location;

  constructor(nanos: bigint, location: Location = utc) {
    super();
    this.nanos = nanos;
    this.location = location;
  }
}

export class Duration extends Typed {
  readonly kind = 'duration';
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    super();
    this.nanos = nanos;
  }
}

/** What `type(x)` gives, and what `int` or `string` stand for as values. */
export class TypeValue extends Typed {
  readonly kind = 'type';
  readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
  }
}

/** A map that an expression made: its keys may be anything that can be a key. */
export class MapValue extends Typed {
  readonly kind = 'map';
  /** By what keys are told apart with: 1, 1u and 1.0 are the same. */
  readonly entries: ReadonlyMap<string | boolean | bigint, { readonly key: CelValue; readonly value: CelValue }>;

  constructor(entries: MapValue['entries']) {
    super();
    this.entries = entries;
  }
}

export function kindOf(value: CelValue): Kind {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
    case 'bigint':
      return 'double';
    default:
      if (value === null) return 'null_type';
      if (value instanceof Typed) return value.kind;
      return Array.isArray(value) ? 'list' : 'map';
  }
}

/** A value of a list or map as expressions see it: a long number of JSON is a double. */
export const plain = (value: CelValue): CelValue => (typeof value === 'bigint' ? Number(value) : value);

/** The names that types have for `type(x)` and in messages. */
export const typeName = (value: CelValue): string => {
  if (value instanceof Timestamp) return 'google.protobuf.Timestamp';
  return value instanceof Duration ? 'google.protobuf.Duration' : kindOf(value);
};
