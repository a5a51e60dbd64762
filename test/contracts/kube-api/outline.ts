import type { Body } from './http.ts';

/**
 * The fields of a kind as an OpenAPI document tells them, one line each: path, type, values, whether it has to be there, how it is merged and
 * patched. Texts are left out, and what a message says of itself a second time.
 */
export function outlineOf(document: Body, kind: string, paths: readonly string[]): string[] {
  const path = paths.map((one) => document.paths[one]).find(Boolean);
  const about = JSON.stringify(sorted((path?.get ?? path?.post)?.['x-kubernetes-group-version-kind'] ?? {}));
  const schemas: Record<string, Body> = document.components.schemas;
  const found = Object.values(schemas).find((schema) =>
    (schema['x-kubernetes-group-version-kind'] ?? []).some((one: Body) => JSON.stringify(sorted(one)) === about && one.kind === kind),
  );
  if (!found) throw new Error(`the document tells of no ${kind}`);
  return fieldsOf(found, '', new Set());

  function fieldsOf(schema: Body, at: string, above: ReadonlySet<string>): string[] {
    return Object.keys(schema.properties ?? {})
      .sort()
      .flatMap((name) => {
        const field = schema.properties[name];
        const here = at === '' ? name : `${at}.${name}`;
        const inner = field.items ?? field.additionalProperties ?? field;
        const ref = refOf(inner);
        const below = ref === undefined ? inner : above.has(ref) ? {} : schemas[ref];
        const line = [here, typeOf(field), ...traitsOf(field, (schema.required ?? []).includes(name))].join(' ');
        return [line, ...fieldsOf(below ?? {}, here, ref === undefined ? above : new Set([...above, ref]))];
      });
  }

  function typeOf(field: Body): string {
    if (field.items) return `[]${typeOf(field.items)}`;
    if (typeof field.additionalProperties === 'object') return `map[string]${typeOf(field.additionalProperties)}`;
    const ref = refOf(field);
    if (ref === undefined) return field.type ?? 'Object';
    const { type } = schemas[ref]!;
    return type === undefined || type === 'object' ? ref.split('.').at(-1)! : type;
  }
}

function refOf(schema: Body): string | undefined {
  const ref = schema.$ref ?? schema.allOf?.[0]?.$ref;
  return ref?.split('/').at(-1);
}

function traitsOf(field: Body, required: boolean): string[] {
  const allowed = field.enum ?? field.items?.enum ?? field.additionalProperties?.enum;
  const keys = field['x-kubernetes-list-map-keys'];
  const strategy = field['x-kubernetes-patch-strategy'];
  const mergeKey = field['x-kubernetes-patch-merge-key'];
  return [
    ...(allowed ? [`(${allowed.join('|')})`] : []),
    ...(required ? ['-required-'] : []),
    ...[field['x-kubernetes-list-type'], field['x-kubernetes-map-type']].filter(Boolean),
    ...(keys ? [`by ${keys.join(',')}`] : []),
    ...(strategy ? [`patched ${strategy}`] : []),
    ...(mergeKey ? [`by ${mergeKey}`] : []),
  ];
}

function sorted(value: Record<string, unknown>): unknown {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
