import { type Finding, type Path, warning } from '../../../core/errors/finding.ts';
import { checkExpressions } from '../bindings/check.ts';
import type { BindingSpec } from './binding-spec.ts';
import { invalid, missing } from './check-names.ts';

/** What the schema cannot say of the params of a binding. */
export function checkBindingSpec({ params }: BindingSpec, path: Path): Finding[] {
  if (!params)
    return [missing([...path, 'params'], 'there is nothing in this binding', 'params: [{name: url, value: $(body.repository.url)}]')];
  const names = params.map(({ name }) => name);
  return params.flatMap(({ name, value }, index) => [
    ...(names.indexOf(name) < index
      ? [invalid([...path, 'params', index, 'name'], `there is a param "${name}" in this binding already`)]
      : []),
    ...checkValue(value, [...path, 'params', index, 'value']),
  ]);
}

/** What is wrong with the text of a param. An expression is not looked for within another. */
function checkValue(value: string, path: Path): Finding[] {
  return isNested(value) ? [invalid(path, nested(value), instead)] : checkExpressions(value, path);
}

/** The same for one that stands in a trigger itself, where Tekton takes the inner expression alone. */
export function checkInlineValue(value: string, path: Path): Finding[] {
  if (!isNested(value)) return checkExpressions(value, path);
  const problem = `${nested(value)}, and only the inner one is replaced`;
  return [warning('CONFIG_INVALID', path, { problem }, { hint: instead })];
}

const nested = (value: string): string => `${value} has an expression within an expression`;
const instead = 'give the inner one a param of its own, or write a CEL overlay';

function isNested(text: string): boolean {
  const open: boolean[] = [];
  for (let at = 0; at < text.length; at++) {
    const isExpression = text.startsWith('$(', at);
    if (isExpression && open.includes(true)) return true;
    if (isExpression) open.push(true);
    else if (text[at] === '(' && text[at - 1] !== '$' && open.length > 0) open.push(false);
    else if (text[at] === ')') open.pop();
  }
  return false;
}
