import { closest } from '../core/errors/closest.ts';
import type { Finding, Path } from '../core/errors/finding.ts';
import { type SchemaLike, unwrap } from '../core/schema/read.ts';

/** What people write, and what it is called. */
const otherNames = new Map<string, readonly string[]>(
  Object.entries({
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
  }),
);

/** What people say again where it is said already, by the field that they say it in. */
const needless = new Map([
  ['k8s group', '`apiVersion` of the object says it'],
  ['k8s version', '`apiVersion` of the object says it'],
  ['k8s resource', '`kind` of the object says it'],
  ['k8s namespace', '`metadata.namespace` of the object says it'],
  ['spec type', 'the name of the field that holds the entries is their type'],
]);

/**
 * An unknown field, with a word on where it belongs: one of this name beside its parents or in a field beside it is meant sooner than
 * one with a similar name here. `policy` under `template` is the field that Argo's own examples misplace.
 */
export function whereItBelongs(finding: Finding, schema: unknown): Finding {
  const field = String(finding.path.at(-1));
  const hint =
    otherNameOf(field, schema, finding.path) ??
    saidAlready(field, finding.path) ??
    above(field, schema, finding.path) ??
    beside(field, schema, finding.path);
  return hint === undefined ? finding : { ...finding, hint };
}

function otherNameOf(field: string, schema: unknown, path: Path): string | undefined {
  const here = shapeAt(schema, path.slice(0, -1));
  const name = otherNames.get(field)?.find((one) => here && one in here);
  return name && `did you mean "${name}"?`;
}

function saidAlready(field: string, path: Path): string | undefined {
  return needless.get(`${path.at(-2)} ${field}`) ?? (field === 'namespace' ? 'it is always that of the rule' : undefined);
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

/** A field beside it that holds one of this name, or two such fields; only when no name here is similar. */
function beside(field: string, schema: unknown, path: Path): string | undefined {
  const shape = shapeAt(schema, path.slice(0, -1)) ?? {};
  if (closest(field, Object.keys(shape))) return undefined;
  const holders = Object.entries(shape).filter(([, inner]) => {
    const def = unwrap(inner)?.def;
    return field in ((def?.type === 'array' ? unwrap(def.element)?.def?.shape : def?.shape) ?? {});
  });
  if (holders.length === 0 || holders.length > 2) return undefined;
  return `\`${field}\` belongs under ${holders.map(([name]) => `\`${name}\``).join(' or ')}`;
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
