/**
 * From a firing to what it would do: the template's parameters, then the block of its type.
 *
 * Most templates are never changed: they are read once. One that its parameters change is read again by the same schema, but as Go
 * would, forgiving the case of names and fields that nobody knows; readings are kept, because the changed texts are few as a rule.
 */
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Event } from '../../src/core/event/event.ts';
import type { Json } from '../../src/core/json/json.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import { stringifyJson } from '../../src/core/json/stringify.ts';
import { foldCase } from '../../src/core/schema/fold-case.ts';
import type { Programs } from '../../src/core/schema/kind.ts';
import { read } from '../../src/core/schema/read.ts';
import { type Clock, systemClock } from '../../src/core/time/clock.ts';
import type { Pieces } from '../../src/core/time/pieces.ts';
import { compileParameters } from './parameters/index.ts';
import type { ParameterSpec } from './parameters/spec.ts';
import { definitionOf, type TriggerType, triggers, unsupportedTriggers } from './registry.ts';
import { type TemplateSpec, templateSpec } from './spec.ts';
import type { TriggerDefinition } from './trigger.ts';

/** A template made ready: its name, the definition of its type, and what that made of the block. */
export interface ReadyTemplate {
  readonly name: string;
  readonly definition: TriggerDefinition;
  readonly ready: unknown;
}

/** The types whose block a template has, those that are not supported among them. */
export const typesIn = (template: TemplateSpec): string[] =>
  [...triggers.map(({ type }) => type), ...unsupportedTypes].filter((type) => template[type] !== undefined);

const unsupportedTypes = Object.keys(unsupportedTriggers) as (keyof typeof unsupportedTriggers)[];

interface CompileOptions {
  /** What templates read. */
  readonly clock?: Clock | undefined;
  readonly programs?: Programs | undefined;
}

/** Throws EngineError CONFIG_* when the block cannot be compiled. */
export function compileTemplate(
  template: TemplateSpec,
  type: TriggerType,
  { clock = systemClock, programs = {} }: CompileOptions = {},
): ReadyTemplate {
  const definition = definitionOf(type);
  return { name: template.name, definition, ready: definition.compile(template[type], clock, programs) };
}

/** How many changed templates are kept. */
const kept = 64;

/** The template for the events of a firing. Throws EngineError EVENT_*. */
export type Template = (events: ReadonlyMap<string, Event>) => Pieces<ReadyTemplate>;

export function changingTemplate(
  template: TemplateSpec,
  parameters: readonly ParameterSpec[],
  dependencies: readonly string[],
  options: CompileOptions = {},
): Template {
  const apply = compileParameters(parameters, { clock: options.clock ?? systemClock });
  const original = stringifyJson(template as unknown as Json);
  const readings = new Map<string, ReadyTemplate>();
  return function* (events) {
    const text = yield* apply.pieces(original, events);
    const reading = readings.get(text) ?? readTemplate(text, dependencies, options);
    readings.delete(text);
    readings.set(text, reading);
    if (readings.size > kept) readings.delete(readings.keys().next().value!);
    return reading;
  };
}

function readTemplate(text: string, dependencies: readonly string[], options: CompileOptions): ReadyTemplate {
  const { value, findings } = read(templateSpec, foldCase(templateSpec, parseJson(text)));
  const broken = findings.find((finding) => finding.severity === 'error');
  if (!value || broken) throw invalid(`${broken?.path.join('.')}: ${broken?.message}`);
  const types = typesIn(value);
  const [type] = types;
  if (types.length !== 1 || !type) throw invalid(`it must have one type, and it has ${types.join(', ') || 'none'}`);
  const definition = triggers.find((one) => one.type === type);
  if (!definition) throw invalid(`the trigger type ${type} is not supported`);
  const finding = definitionOf(definition.type)
    .check(value[definition.type], dependencies, options.programs ?? {})
    .find((one) => one.severity === 'error');
  if (finding) throw invalid(`${[type, ...finding.path].join('.')}: ${finding.message}`);
  return compileTemplate(value, definition.type, options);
}

const invalid = (problem: string): EngineError => new EngineError('EVENT_RENDERED_INVALID', { problem });
