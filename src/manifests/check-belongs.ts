import { closest } from '../core/errors/closest.ts';
import type { Finding, Path } from '../core/errors/finding.ts';
import { type SchemaLike, unwrap } from '../core/schema/read.ts';

/** What people write, and what it is called. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  serverURL: ['url'],
  replica: ['replicas'],
  verifycert: ['verifyCert'],
  sshKeyPath: ['sshKeySecret'],
  eventBus: ['eventBusName'],
  eventSource: ['eventSourceName'],
  event: ['eventName'],
  filter: ['filters'],
  params: ['parameters'],
  condition: ['conditions'],
};

/**
 * An unknown field, with a word on where it belongs: one of this name beside its parents or in a field beside it is meant sooner than
 * one with a similar name here. `policy` under `template` is the field that Argo's own examples misplace.
 */
export function whereItBelongs(finding: Finding, schema: unknown): Finding {
  const field = String(finding.path.at(-1));
  const hint = otherNameOf(field, schema, finding.path) ?? above(field, schema, finding.path) ?? beside(field, schema, finding.path);
  return hint === undefined ? finding : { ...finding, hint };
}

function otherNameOf(field: string, schema: unknown, path: Path): string | undefined {
  const here = shapeAt(schema, path.slice(0, -1));
  const name = otherNames[field]?.find((one) => here && one in here);
  return name && `did you mean "${name}"?`;
}

/** The nearest parent whose neighbour it should be. */
function above(field: string, schema: unknown, path: Path): string | undefined {
  for (let length = path.length - 2; length > 0; length--) {
    const parent = path[length];
    if (typeof parent === 'string' && field in (shapeAt(schema, path.slice(0, length)) ?? {}))
      return `\`${field}\` stands beside \`${parent}\`, not under it`;
  }
  return undefined;
}

/** A field beside it that holds one of this name; only when there is just one, and no name here is similar. */
function beside(field: string, schema: unknown, path: Path): string | undefined {
  const shape = shapeAt(schema, path.slice(0, -1)) ?? {};
  if (closest(field, Object.keys(shape))) return undefined;
  const holders = Object.entries(shape).filter(([, inner]) => {
    const def = unwrap(inner)?.def;
    return field in ((def?.type === 'array' ? unwrap(def.element)?.def?.shape : def?.shape) ?? {});
  });
  return holders.length === 1 ? `\`${field}\` belongs under \`${holders[0]![0]}\`` : undefined;
}

/** The fields that a schema knows at a path; undefined where it knows none by name. */
function shapeAt(schema: unknown, path: Path): Record<string, unknown> | undefined {
  let current: SchemaLike | undefined = unwrap(schema);
  for (const step of path) {
    const def = current?.def;
    current = unwrap(def?.type === 'array' ? def.element : def?.type === 'record' ? def.valueType : def?.shape?.[step]);
  }
  return current?.def?.shape;
}
