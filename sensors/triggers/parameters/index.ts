/**
 * Parameters: values from events, set in a trigger's template, in the resource that it acts on, or in the payload that it sends.
 *
 * They work on JSON text, so that what they don't touch stays as it was, digit for digit. Compiled once, applied for every firing.
 * What they put in can never break out of its place: it is set at a path, not pasted into a text.
 */
import { closest } from '../../../src/core/errors/closest.ts';
import { type Finding, type Path, warning } from '../../../src/core/errors/finding.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { compilePath } from '../../../src/core/json/path/index.ts';
import type { TemplateOptions } from '../../../src/core/template/index.ts';
import { type Piecemeal, piecemeal } from '../../../src/core/time/pieces.ts';
import { suspicionOf } from '../../checked.ts';
import { checkTemplate } from '../../templates.ts';
import { setValue } from './set-value.ts';
import { compileSource } from './source.ts';
import type { ParameterSpec } from './spec.ts';

type Events = ReadonlyMap<string, Event>;

/** Sets values from the events in a JSON text. Throws EngineError EVENT_*. */
export type Parameters = Piecemeal<[json: string, events: Events], string>;

/** Each parameter works on the result of the one before it. One whose source gives nothing is skipped. */
export function compileParameters(specs: readonly ParameterSpec[], options: Partial<TemplateOptions> = {}): Parameters {
  const steps = specs.map((spec) => compileParameter(spec, options));
  return piecemeal(function* (json, events) {
    let result = json;
    for (const step of steps) {
      result = step(result, events);
      yield;
    }
    return result;
  });
}

function compileParameter(
  { src, dest, operation }: ParameterSpec,
  options: Partial<TemplateOptions>,
): (json: string, events: Events) => string {
  const source = compileSource(src, options);
  const current = compilePath(dest);
  return (json, events) => {
    const value = source(events);
    if (!value) return json;
    const old = operation === 'append' || operation === 'prepend' ? current.get(json) : undefined;
    if (!old) return setValue(json, dest, value, src.useRawData);
    return setValue(json, dest, { type: 'String', text: operation === 'append' ? old.text + value.text : value.text + old.text }, false);
  };
}

/** What can be known of parameters before an event comes. */
export function checkParameters(specs: readonly ParameterSpec[], dependencies: readonly string[], path: Path): Finding[] {
  return specs.flatMap(({ src }, index) => {
    const at = [...path, index, 'src'];
    const findings = (['dataKey', 'contextKey'] as const).map((key) => (src[key] ? suspicionOf(src[key], [...at, key]) : undefined));
    for (const key of ['dataTemplate', 'contextTemplate'] as const) if (src[key]) findings.push(checkTemplate(src[key], [...at, key]));
    if (!dependencies.includes(src.dependencyName)) {
      const near = closest(src.dependencyName, dependencies);
      const hint = near ? `did you mean "${near}"?` : 'the parameter only ever gives its default';
      findings.push(warning('CONFIG_UNKNOWN_DEPENDENCY', [...at, 'dependencyName'], { name: src.dependencyName }, { hint }));
    }
    return findings.filter((one) => one !== undefined);
  });
}
