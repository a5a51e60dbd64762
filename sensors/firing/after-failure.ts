import type { EngineError } from '../../src/core/errors/engine-error.ts';
import { waitAfter } from '../../src/core/time/backoff.ts';
import type { CompiledTrigger } from '../compiled.ts';

/** Tries of "retry: now" before it backs off as others do. */
const triesAtOnce = 5;

type Next = { readonly kind: 'give up' } | { readonly kind: 'at once' } | { readonly kind: 'later'; readonly wait: number };

/** What has been tried so far. */
interface Tried {
  readonly attempts: number;
  /** Those that followed at once on the one before. */
  readonly atOnce: number;
  /** Milliseconds since the firing was decided. */
  readonly age: number;
}

/** What follows a failed attempt, by the error's `retry` and the trigger's policy. */
export function afterFailure(error: EngineError, { retry, atLeastOnce }: CompiledTrigger, { attempts, atOnce, age }: Tried): Next {
  if (!atLeastOnce || error.retry === 'never') return { kind: 'give up' };
  if (age >= retry.giveUpAfter || (retry.attempts !== undefined && attempts >= retry.attempts)) return { kind: 'give up' };
  if (error.retry === 'now' && atOnce < triesAtOnce) return { kind: 'at once' };
  return { kind: 'later', wait: typeof error.retry === 'object' ? error.retry.after : Math.ceil(waitAfter(attempts, retry.backoff)) };
}
