import type { Clock } from '../../../src/core/time/clock.ts';
import { compileParameters, compilePayload, type Parameters, type Payload } from '../parameters/index.ts';
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
export const render = ({ spec, parameters, payload }: Ready, { events }: Firing): Rendered => ({
  spec,
  parameters,
  payload: payload(events) ?? '',
});
