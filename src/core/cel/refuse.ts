import { EngineError } from '../errors/engine-error.ts';

/** The error for an expression that cannot be run. `offset` counts characters from 0. */
export const refuse = (problem: string, offset: number, hint?: string): EngineError =>
  new EngineError('CONFIG_CEL', { problem, offset }, hint === undefined ? {} : { hint });
