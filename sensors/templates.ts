import { distance } from '../src/core/errors/closest.ts';
import { EngineError } from '../src/core/errors/engine-error.ts';
import { type Finding, type Path, warning } from '../src/core/errors/finding.ts';
import type { Json } from '../src/core/json/json.ts';
import { compileTemplate, rootFields, type TemplateOptions } from '../src/core/template/index.ts';
import { problemOf } from './checked.ts';

/** Gives a value's text by a Go template, whose `.Input` is `input`. Throws EngineError, also when there is nothing to give. */
type ValueTemplate = (input: Json) => string;

/**
 * A template of a rule. One that cannot be compiled fails whenever it is used, as in Argo, where a default may stand behind it; who
 * loads a rule refuses it before (`checkTemplate`).
 */
export function compileValueTemplate(text: string, options: Partial<TemplateOptions>): ValueTemplate {
  const render = renderOrThrowLater(text, options);
  return (input) => {
    const output = render(input);
    if (output !== '' && output !== '<no value>') return output;
    throw new EngineError('EVENT_TEMPLATE_FAILED', { problem: `'${text}' evaluated to empty string or no value` });
  };
}

function renderOrThrowLater(text: string, options: Partial<TemplateOptions>): ValueTemplate {
  try {
    const template = compileTemplate(text, options);
    return (Input) => template.render({ Input });
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return () => {
      throw thrown;
    };
  }
}

/** What is wrong with the text of a template, or never does what it says; undefined when all is well. */
export function checkTemplate(text: string, path: Path): Finding | undefined {
  const problem = problemOf(path, () => compileTemplate(text));
  if (problem) return problem;
  const stray = rootFields(text).find(({ name }) => name !== 'Input');
  if (!stray) return undefined;
  const { name, offset } = stray;
  const meant = distance(name, 'Input') <= 2 ? '.Input' : `.Input.${name}`;
  return warning(
    'CONFIG_TEMPLATE',
    path,
    { problem: `".${name}" is never there: all that a template is given is ".Input"` },
    { offset, hint: `did you mean ${meant}?` },
  );
}
