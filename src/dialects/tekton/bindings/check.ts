import { type Finding, type Path, warning } from '../../../core/errors/finding.ts';
import { PathError } from '../../../core/kube/json-path/index.ts';
import { compileExpression } from './evaluate.ts';
import { findExpressions } from './expressions.ts';

/**
 * Expressions in the value of a param that can never be read, and those that read from where nothing is. They are warnings: with a
 * default in the template, a trigger that has them works.
 */
export const checkExpressions = (value: string, path: Path): Finding[] =>
  findExpressions(value).flatMap(({ original, expression, at }) => {
    try {
      compileExpression(expression);
      return rootOf(original, path, at);
    } catch (thrown) {
      if (!(thrown instanceof PathError)) throw thrown;
      const extra = { offset: at + (thrown.offset ?? 0), hint: 'a path is written such as $(body.repository.url)' };
      return [warning('CONFIG_PATH', path, { path: original, problem: thrown.message }, extra)];
    }
  });

const roots = ['body', 'header', 'extensions', 'context'];

function rootOf(original: string, path: Path, at: number): Finding[] {
  const root = /^\$\(\{?\.?([\w-]+)/.exec(original)?.[1];
  if (root === undefined || roots.includes(root)) return [];
  const problem = `nothing is called "${root}": there are ${roots.join(', ')}`;
  return [warning('CONFIG_PATH', path, { path: original, problem }, { offset: at + original.indexOf(root) })];
}
