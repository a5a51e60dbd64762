import { closest } from '../../../core/errors/closest.ts';
import { type Finding, type Path, warning } from '../../../core/errors/finding.ts';
import type { DialectRule } from '../../dialect.ts';
import { Rules } from '../translate/rules.ts';

/** The rules that are seen together, and their names. */
export class Loaded extends Rules {
  readonly #names = new Map<string, string[]>();

  constructor(rules: readonly DialectRule[]) {
    super(rules);
    for (const { kind, metadata } of rules) {
      const place = `${kind} ${metadata.namespace}`;
      const names = this.#names.get(place) ?? [];
      names.push(metadata.name);
      this.#names.set(place, names);
    }
  }

  /** Says that there is no such object. Where none of its kind and namespace is loaded, they come from elsewhere. */
  missing(kind: string, namespace: string, name: string, path: Path): Finding[] {
    const here = this.#names.get(`${kind} ${namespace}`) ?? [];
    if (here.length === 0 || here.includes(name)) return [];
    const near = closest(name, here);
    const where = namespace === '' ? '' : ` in namespace "${namespace}"`;
    const hint = near === undefined ? {} : { hint: `${path.at(-1)}: ${near}` };
    return [warning('CONFIG_INVALID', path, { problem: `the ${kind} "${name}" is not among these files${where}` }, hint)];
  }
}
