import { type Finding, warning } from '../../src/core/errors/finding.ts';
import type { Sensor } from '../kind.ts';
import { namesAnother, waitedFor } from './waited-for.ts';

/** Dependencies that nobody waits for, and names that a condition cannot tell apart. */
export function dependencyAdvice({ dependencies, triggers }: Sensor['spec']): Finding[] {
  const names = dependencies.map(({ name }) => name);
  const used = new Set(triggers.flatMap(({ template }) => waitedFor(template.conditions, names)));
  const isSure = triggers.length > 0 && !triggers.some(({ template }) => namesAnother(template.conditions, names));
  return dependencies.flatMap(({ name }, index) => {
    const at = ['spec', 'dependencies', index, 'name'];
    const findings: Finding[] = [];
    if (isSure && !used.has(name)) {
      const problem = `no trigger waits for the dependency "${name}"`;
      const hint = 'name it in the conditions of a trigger, or take it out';
      findings.push(warning('CONFIG_INVALID', at, { problem }, { hint }));
    }
    const twin = names.slice(0, index).find((other) => other !== name && folded(other) === folded(name));
    if (twin !== undefined) {
      const problem = `"${name}" and "${twin}" differ only by - and _, which Argo’s conditions take for the same`;
      findings.push(warning('CONFIG_INVALID', at, { problem }, { hint: 'give one of them another name' }));
    }
    return findings;
  });
}

const folded = (name: string): string => name.replaceAll('-', '_');
