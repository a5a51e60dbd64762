import type { Retry } from '../../../src/core/errors/codes.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';

/** What cannot be had now may be had later, unless said otherwise. */
export const cannotRead = (file: string, reason: string, more: { cause?: unknown; hint?: string; retry?: Retry } = {}): EngineError =>
  new EngineError('CONFIG_FILE_MISSING', { file, reason }, { retry: 'backoff', ...more });
