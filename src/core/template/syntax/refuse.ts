import { EngineError } from '../../errors/engine-error.ts';

/** A template that cannot be run, in Go's words, and what to do about it. `offset` counts characters from 0 into its text. */
export const refuse = (problem: string, offset: number, hint?: string): EngineError =>
  new EngineError('CONFIG_TEMPLATE', { problem, offset }, hint === undefined ? {} : { hint });
