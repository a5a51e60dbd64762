import { closest } from '../../src/core/errors/closest.ts';
import { error, type Path } from '../../src/core/errors/finding.ts';
import type { Checked } from '../checked.ts';

/**
 * The dependencies that a trigger fires on: any one of those that `conditions` joins by `||`, or the only one there is.
 *
 * Conditions that need several events together are refused until the join is built.
 */
export function compileConditions(text: string | undefined, dependencies: readonly string[], path: Path): Checked<readonly string[]> {
  if (!text?.trim()) return withoutConditions(dependencies, path);
  const tokens = [...text.matchAll(/\|\||&&|[()]|[^\s()|&]+|[|&]/g)].map((match) => ({ text: match[0], offset: match.index }));
  const names: string[] = [];
  const refuse = (problem: string, offset: number) => ({ value: [], findings: [error('CONFIG_INVALID', path, { problem }, { offset })] });
  const and = tokens.find((token) => token.text === '&&');
  if (and)
    return {
      value: [],
      findings: [error('CONFIG_NOT_BUILT_YET', path, { feature: 'joining events with `&&` in conditions' }, { offset: and.offset })],
    };
  let depth = 0;
  let wantsName = true;
  for (const token of tokens) {
    if (token.text === '||' || token.text === ')') {
      if (wantsName) return refuse(`a dependency is missing before "${token.text}"`, token.offset);
      if (token.text === '||') wantsName = true;
      else depth -= 1;
      if (depth < 0) return refuse('a ")" closes nothing', token.offset);
    } else if (!wantsName) {
      return refuse(`"||" is missing before "${token.text}"`, token.offset);
    } else if (token.text === '(') {
      depth += 1;
    } else {
      if (!dependencies.includes(token.text)) return unknown(token.text, dependencies, path, token.offset);
      names.push(token.text);
      wantsName = false;
    }
  }
  if (wantsName) return refuse('a dependency is missing at the end', text.length);
  if (depth > 0) return refuse('a "(" is not closed', text.lastIndexOf('('));
  return { value: [...new Set(names)], findings: [] };
}

function withoutConditions(dependencies: readonly string[], path: Path): Checked<readonly string[]> {
  if (dependencies.length < 2) return { value: dependencies, findings: [] };
  const feature = 'waiting for all dependencies together, which a trigger without conditions does,';
  const hint = `to fire on any one of them, write conditions: ${dependencies.join(' || ')}`;
  return { value: [], findings: [error('CONFIG_NOT_BUILT_YET', path.slice(0, -1), { feature }, { hint })] };
}

function unknown(name: string, dependencies: readonly string[], path: Path, offset: number): Checked<readonly string[]> {
  const near = closest(name, dependencies);
  const hint = near ? `did you mean "${near}"?` : `dependencies are ${dependencies.join(', ')}`;
  return { value: [], findings: [error('CONFIG_UNKNOWN_DEPENDENCY', path, { name }, { hint, offset })] };
}
