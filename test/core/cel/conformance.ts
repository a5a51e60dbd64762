import { keyOf } from '../../../src/core/cel/values/maps.ts';
import { Bytes, type CelValue, Duration, Int, MapValue, Timestamp, TypeValue, Uint } from '../../../src/core/cel/values/value.ts';

/** A case of the language's own conformance suite, as `@bufbuild/cel-spec` has it. */
export interface SpecCase {
  readonly suite: string;
  readonly name: string;
  readonly expr: string;
  readonly bindings: Readonly<Record<string, { readonly value?: Spec }>>;
  readonly typeEnv: readonly Spec[];
  readonly disableCheck: boolean;
  readonly value: Spec | undefined;
  readonly fails: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: foreign data
type Spec = Readonly<Record<string, any>>;

/** All cases of a suite that was read from the package. */
export function casesOf(suite: Spec, path = ''): SpecCase[] {
  const own = (suite['tests'] ?? []).map(({ original: one, error }: Spec) => ({
    suite: path,
    name: one.name ?? one.expr,
    expr: one.expr,
    bindings: one.bindings ?? {},
    typeEnv: one.typeEnv ?? [],
    disableCheck: one.disableCheck ?? false,
    value: one.value ?? one.typedResult?.result,
    fails: Boolean(one.evalError || one.anyEvalErrors || (error && !one.value && !one.typedResult)),
  }));
  const below = (suite['suites'] ?? []).flatMap((part: Spec) => casesOf(part, path ? `${path}/${part['name']}` : part['name']));
  return [...own, ...below];
}

/** A value of the suite as ours; undefined for a message of some type. */
export function ourValue(spec: Spec | undefined): CelValue | undefined {
  if (spec === undefined) return true;
  const [[kind, value] = ['', undefined]] = Object.entries(spec);
  switch (kind) {
    case 'boolValue':
    case 'stringValue':
      return value;
    case 'nullValue':
      return null;
    case 'int64Value':
      return new Int(BigInt(value));
    case 'uint64Value':
      return new Uint(BigInt(value));
    case 'doubleValue':
      return Number(value);
    case 'bytesValue':
      return new Bytes(Buffer.from(value, 'base64'));
    case 'typeValue':
      return new TypeValue(value);
    case 'listValue':
      return all((value.values ?? []).map(ourValue));
    case 'mapValue': {
      const entries = (value.entries ?? []).map(({ key, value: one }: Spec) => [ourValue(key), ourValue(one)]);
      if (entries.some((pair: unknown[]) => pair.includes(undefined))) return undefined;
      return new MapValue(new Map(entries.map(([key, one]: [CelValue, CelValue]) => [keyOf(key)!, { key, value: one }])));
    }
    case 'objectValue':
      return objectOf(value);
    default:
      return undefined;
  }
}

const all = (values: (CelValue | undefined)[]): CelValue | undefined => (values.includes(undefined) ? undefined : (values as CelValue[]));

function objectOf(value: Spec): CelValue | undefined {
  const nanos = (seconds: bigint, fraction = '') => seconds * 1_000_000_000n + BigInt(fraction.padEnd(9, '0').slice(0, 9) || 0);
  if (value['@type']?.endsWith('google.protobuf.Duration')) {
    const [, sign, seconds, fraction] = /^(-?)(\d+)(?:\.(\d+))?s$/.exec(value['value']) ?? [];
    return new Duration(nanos(BigInt(seconds ?? 0), fraction) * (sign === '-' ? -1n : 1n));
  }
  if (value['@type']?.endsWith('google.protobuf.Timestamp')) {
    const [, date, fraction] = /^(.*?)(?:\.(\d+))?Z$/.exec(value['value']) ?? [];
    const [, year, rest] = /^(\d+)(.*)$/.exec(date ?? '') ?? [];
    return new Timestamp(nanos(BigInt(Date.parse(`${year?.padStart(4, '0')}${rest}Z`) / 1000), fraction));
  }
  return undefined;
}

const primitives: Readonly<Record<string, string>> = {
  BOOL: 'bool',
  INT64: 'int',
  UINT64: 'uint',
  DOUBLE: 'double',
  STRING: 'string',
  BYTES: 'bytes',
};

/** The type of a declared variable as our signatures write it; undefined for a message. */
export function typeText(type: Spec): string | undefined {
  if (type['primitive']) return primitives[type['primitive']];
  if (type['wellKnown']) return { TIMESTAMP: 'timestamp', DURATION: 'duration' }[type['wellKnown'] as string];
  if (type['dyn']) return 'dyn';
  if (type['null'] !== undefined) return 'null_type';
  if (type['listType']) {
    const of = typeText(type['listType'].elemType ?? { dyn: {} });
    return of && `list(${of})`;
  }
  if (type['mapType']) {
    const key = typeText(type['mapType'].keyType ?? { dyn: {} });
    const of = typeText(type['mapType'].valueType ?? { dyn: {} });
    return key && of && `map(${key}, ${of})`;
  }
  return type['type'] ? 'type' : undefined;
}
