import { EngineError } from '../errors/engine-error.ts';

/** The error for an expression that cannot be run. `offset` counts characters from 0. */
export const refuse = (problem: string, offset: number, hint?: string): EngineError =>
  new EngineError('CONFIG_EXPRESSION', { problem, offset }, hint === undefined ? {} : { hint });

/** The error for a run that failed at a place of the text. */
export const failed = (problem: string, offset: number): EngineError => new EngineError('EVENT_EXPRESSION_FAILED', { problem, offset });

/** Something about an expression that runs, but hardly as its author meant it. */
export interface Suspicion {
  readonly problem: string;
  readonly offset: number;
  readonly hint?: string;
}
