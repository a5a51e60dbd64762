import type { JsonObject } from '../../../core/json/json.ts';
import type { Answer } from './interceptor.ts';

/** The codes of gRPC with which Tekton's own interceptors stop a call. */
export const code = { invalidArgument: 3, notFound: 5, failedPrecondition: 9, internal: 13 } as const;

const asItIs: Answer = { continue: true, extensions: {} };

export const passes = (extensions?: JsonObject): Answer => (extensions ? { continue: true, extensions } : asItIs);

/** `because` is a sentence without a full stop, with what was found in it. */
export const stops = (code: number, because: string): Answer => ({ continue: false, code, message: because });

/** What most refusals are: the call is not as the author wants it. */
export const unmet = (because: string): Answer => stops(code.failedPrecondition, because);
