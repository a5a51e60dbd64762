import type { Event } from '../../../src/core/event/event.ts';
import type { TemplateOptions } from '../../../src/core/template/index.ts';
import { type Piecemeal, piecemeal } from '../../../src/core/time/pieces.ts';
import { setValue } from './set-value.ts';
import { compileSource, type Source } from './source.ts';
import type { ParameterSpec } from './spec.ts';

/** Builds a message body from nothing; undefined when no parameter gives a value. Throws EngineError EVENT_*. */
export type Payload = Piecemeal<[events: ReadonlyMap<string, Event>], string | undefined>;

/** A parameter without `dest` whose source gives a value makes that value the whole payload. Operations are ignored, as in Argo. */
export function compilePayload(specs: readonly ParameterSpec[], options: Partial<TemplateOptions> = {}): Payload {
  const steps: { source: Source; spec: ParameterSpec }[] = specs.map((spec) => ({ source: compileSource(spec.src, options), spec }));
  return piecemeal(function* (events) {
    let body: string | undefined;
    for (const { source, spec } of steps) {
      const value = source(events);
      yield;
      if (!value) continue;
      if (spec.dest === '') return value.text;
      body = setValue(body ?? '', spec.dest, value, spec.src.useRawData);
    }
    return body || undefined;
  });
}
