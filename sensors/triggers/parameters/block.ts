/**
 * The block of a trigger whose own `parameters` change it before it acts: read again by its schema, but as Go would, forgiving the case
 * of names and fields that nobody knows.
 */
import type { z } from 'zod';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { Finding } from '../../../src/core/errors/finding.ts';
import type { Event } from '../../../src/core/event/event.ts';
import type { Json } from '../../../src/core/json/json.ts';
import { parseJson } from '../../../src/core/json/parse.ts';
import { stringifyJson } from '../../../src/core/json/stringify.ts';
import { foldCase } from '../../../src/core/schema/fold-case.ts';
import { read } from '../../../src/core/schema/read.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { type Piecemeal, piecemeal } from '../../../src/core/time/pieces.ts';
import { compileParameters } from './index.ts';
import { Readings } from './readings.ts';
import type { ParameterSpec } from './spec.ts';

/** The block for the events of a firing, made ready. Throws EngineError EVENT_*. */
export type Block<Ready> = Piecemeal<[events: ReadonlyMap<string, Event>], Ready>;

interface Reading<Schema extends z.ZodType, Ready> {
  readonly schema: Schema;
  readonly check: (spec: z.output<Schema>) => readonly Finding[];
  readonly make: (spec: z.output<Schema>) => Ready;
}

export function compileBlock<Schema extends z.ZodType<{ parameters?: readonly ParameterSpec[] | undefined }>, Ready>(
  spec: z.output<Schema>,
  { schema, check, make }: Reading<Schema, Ready>,
  clock: Clock,
): Block<Ready> {
  const fixed = make(spec);
  const apply = spec.parameters?.length ? compileParameters(spec.parameters, { clock }) : undefined;
  const original = stringifyJson(spec as Json);
  const readings = new Readings((text) => {
    const { value, findings } = read(schema, foldCase(schema, parseJson(text)));
    const broken = [...findings, ...(value ? check(value) : [])].find((finding) => finding.severity === 'error');
    if (!value || broken) throw new EngineError('EVENT_RENDERED_INVALID', { problem: `${broken?.path.join('.')}: ${broken?.message}` });
    return make(value);
  });
  return piecemeal(function* (events) {
    return apply ? readings.of(yield* apply.pieces(original, events)) : fixed;
  });
}
