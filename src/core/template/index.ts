/**
 * Go's text/template with sprig: a template becomes closures once, and is then rendered for many events.
 *
 *     const template = compileTemplate('{{ .Input.body.name | upper | trunc 7 }}');
 *     template.render({ Input: event });   // byte for byte what Go prints
 *
 * A template reads nothing but its data, the clock and the randomness that it was given: no environment, no files, no network. It never
 * changes its data, and holds no state: one may run inside another.
 */
import { randomBytes } from 'node:crypto';
import { EngineError } from '../errors/engine-error.ts';
import { shown } from '../go/bytes.ts';
import { copied } from '../go/copied.ts';
import type { GoValue } from '../go/values.ts';
import type { Json } from '../json/json.ts';
import { systemClock } from '../time/clock.ts';
import { builtins } from './builtins/index.ts';
import { type Compiled, compile } from './compile/index.ts';
import { defaultLimits, processLimit, Run, type TemplateLimits } from './run.ts';
import { type SprigOptions, sprigFunctions } from './sprig/index.ts';
import { refusedFunctions } from './sprig/refused.ts';
import { parse } from './syntax/parse.ts';
import { refuse } from './syntax/refuse.ts';

export { rootFields } from './root-fields.ts';
export type { TemplateLimits } from './run.ts';

export interface TemplateOptions extends SprigOptions {
  readonly limits: Partial<TemplateLimits>;
}

export interface Template {
  /**
   * The output. Throws EngineError EVENT_TEMPLATE_FAILED with the reason in Go's words and, as field `offset`, the place in the template;
   * EVENT_LIMIT when the template spends more than it may.
   */
  render(data: Json): string;
}

/** Throws EngineError CONFIG_TEMPLATE for a template that cannot be run; its field `offset` is the place, in characters from 0. */
export function compileTemplate(text: string, options: Partial<TemplateOptions> = {}): Template {
  const { clock = systemClock, random = randomBytes } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const { body, changesInput } = compileWhole(text, { clock, random });
  return {
    render(data) {
      const run = new Run(limits);
      try {
        const input: GoValue = changesInput ? copied(data, run) : data;
        body({ run, variables: [input] }, input);
      } catch (thrown) {
        throw thrown instanceof RangeError ? processLimit(thrown) : thrown;
      }
      return shown(run.output);
    },
  };
}

function compileWhole(text: string, options: SprigOptions): Compiled {
  const functions = new Map([...Object.entries(builtins), ...sprigFunctions(options)]);
  try {
    return compile(parse(text), functions, refusedFunctions);
  } catch (thrown) {
    if (thrown instanceof EngineError || !(thrown instanceof RangeError)) throw thrown;
    throw refuse('the template is too large', 0);
  }
}
