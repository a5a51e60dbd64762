import type { Json } from '../../json/json.ts';
import { Raised } from '../run/raised.ts';
import { describe, preview, spelled } from '../values/preview.ts';

/** The errors of built-ins, in gojq's words. */
export const cannotApply = (name: string, input: Json, ...args: readonly Json[]): Raised =>
  new Raised(() => `${calling(name, args)} cannot be applied to: ${describe(input)}`);

/** The same, with the reason. */
export const cannotApplyBecause = (reason: string, name: string, input: Json, ...args: readonly Json[]): Raised =>
  new Raised(() => `${calling(name, args)} cannot be applied to ${preview(input)}: ${reason}`);

const calling = (name: string, args: readonly Json[]): string => (args.length === 0 ? name : `${name}(${args.map(preview).join('; ')})`);

/** What `error(value)` raises: `catch` sees the value itself. */
export const raise = (value: Json): Raised => new Raised(() => `error: ${spelled(value)}`, value);
