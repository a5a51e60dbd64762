import type { Json } from '../../../src/core/json/json.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { type Pieces, piecemeal } from '../../../src/core/time/pieces.ts';
import { compileParameters, type Parameters } from '../parameters/index.ts';
import { compilePayload, type Payload } from '../parameters/payload.ts';
import type { Firing } from '../trigger.ts';
import type { CustomSpec } from './spec.ts';

export interface Ready {
  readonly spec: CustomSpec;
  /** Undefined where there are none: the resource is then handed on as it came. */
  readonly parameters: Parameters | undefined;
  readonly payload: Payload;
}

/** What a firing would ask of the server. What the server makes of `spec` is not known before. */
export interface Rendered extends Pick<Ready, 'spec' | 'parameters'> {
  readonly payload: string;
}

export function compile(spec: CustomSpec, clock: Clock): Ready {
  return {
    spec,
    parameters: spec.parameters?.length ? compileParameters(spec.parameters, { clock }) : undefined,
    payload: compilePayload(spec.payload ?? [], { clock }),
  };
}

/** Throws EngineError EVENT_*. */
export const render = piecemeal(function* (
  { spec, parameters, payload }: Ready,
  _loaded: Json | undefined,
  { events }: Firing,
): Pieces<Rendered> {
  return { spec, parameters, payload: (yield* payload.pieces(events)) ?? '' };
});
