import { closest } from '../../../core/errors/closest.ts';
import { type Finding, type Path, warning } from '../../../core/errors/finding.ts';
import { isObject, type JsonObject } from '../../../core/json/json.ts';

/** Something of ours that a rule names. */
export interface Named {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Of its name. */
  readonly path: Path;
}

/** The names of all that is loaded, by kind and namespace. */
export class Names {
  readonly #names = new Map<string, string[]>();

  constructor(objects: readonly JsonObject[]) {
    for (const { kind, metadata } of objects) {
      if (!isObject(metadata)) continue;
      const place = `${kind} ${metadata['namespace'] ?? 'default'}`;
      this.#names.set(place, [...(this.#names.get(place) ?? []), String(metadata['name'])]);
    }
  }

  /** Says that there is no such object. Where none of its kind and namespace is loaded, they come from elsewhere. */
  missing({ kind, namespace, name, path }: Named): Finding[] {
    const here = this.#names.get(`${kind} ${namespace}`) ?? [];
    if (here.length === 0 || here.includes(name)) return [];
    const near = closest(name, here);
    const problem = `the ${kind} "${name}" is not among these files in namespace "${namespace}"`;
    return [warning('CONFIG_INVALID', path, { problem }, near === undefined ? {} : { hint: `${path.at(-1)}: ${near}` })];
  }
}
