import { EngineError } from '../../errors/engine-error.ts';
import type { GoValue } from '../../go/values.ts';
import type { Frame } from '../run.ts';

/** A value when the template runs. `dot` is what `.` stands for. */
export type Expression = (frame: Frame, dot: GoValue) => GoValue;

/** Whether the next statement follows, or a range is left or goes on with its next turn. */
type Flow = 0 | 1 | 2;
export const NEXT = 0;
export const BREAK = 1;
export const CONTINUE = 2;

export type Statement = (frame: Frame, dot: GoValue) => Flow;

/** A run that cannot go on. `offset` is the place in the template, in characters from 0. */
export const failed = (problem: string, offset: number, cause?: unknown): EngineError =>
  new EngineError('EVENT_TEMPLATE_FAILED', { problem, offset }, cause === undefined ? {} : { cause });
