import type { z } from 'zod';
import type { Finding } from '../../../core/errors/finding.ts';
import { isObject, type JsonObject } from '../../../core/json/json.ts';
import { dialectObject, type Kind } from '../../../core/schema/kind.ts';

interface Definition<Spec extends z.ZodType> {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly shortNames?: readonly string[];
  readonly alsoAs?: Kind['alsoAs'];
  /** A spec of another version in today's form; what cannot be said in it is added to the findings. */
  upgrade?(spec: JsonObject, found: { readonly apiVersion: string; readonly findings: Finding[] }): JsonObject;
  readonly columns?: NonNullable<Kind['columns']>;
  readonly summary: string;
  readonly about: string;
  readonly spec: Spec;
  check(object: KindObject<Spec>): Finding[];
}

interface KindObject<Spec extends z.ZodType> {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly annotations?: Readonly<Record<string, string>> | undefined;
  };
  readonly spec: z.output<Spec>;
}

export function defineKind<Spec extends z.ZodType>({ spec, shortNames = [], upgrade, alsoAs, ...rest }: Definition<Spec>): Kind {
  const { group, version, kind } = rest;
  const apiVersion = `${group}/${version}`;
  return {
    ...rest,
    shortNames,
    schema: dialectObject(apiVersion, kind, spec),
    check: (object) => rest.check(object as KindObject<Spec>),
    ...(alsoAs ? { alsoAs, upgrade: upgradeTo(apiVersion, upgrade) } : {}),
  };
}

function upgradeTo(today: string, upgrade: Definition<z.ZodType>['upgrade']): NonNullable<Kind['upgrade']> {
  return (object) => {
    const apiVersion = String(object['apiVersion']);
    const findings: Finding[] = [];
    const spec = object['spec'];
    const upgraded = apiVersion !== today && isObject(spec) && upgrade ? upgrade(spec, { apiVersion, findings }) : spec;
    return { object: { ...object, apiVersion: today, ...(upgraded === undefined ? {} : { spec: upgraded }) }, findings };
  };
}

/** A destination as it was once written, without `ref`. */
export function withRef(destination: JsonObject[string] | undefined): JsonObject[string] | undefined {
  if (!isObject(destination) || destination['ref'] !== undefined || destination['kind'] === undefined) return destination;
  const { apiVersion, kind, name, namespace, ...rest } = destination;
  const ref = Object.fromEntries(
    Object.entries({ apiVersion, kind, name, namespace }).filter(([, value]) => value !== undefined),
  ) as JsonObject;
  return { ...rest, ref };
}

/** The spec with its sink in today's form. */
export function withSink(spec: JsonObject): JsonObject {
  const sink = withRef(spec['sink']);
  return sink === undefined ? spec : { ...spec, sink };
}
