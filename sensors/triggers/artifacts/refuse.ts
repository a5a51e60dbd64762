import { EngineError } from '../../../src/core/errors/engine-error.ts';

/** What cannot be had now may be had later. */
export const cannotRead = (file: string, reason: string, more: { cause?: unknown; hint?: string } = {}): EngineError =>
  new EngineError('CONFIG_FILE_MISSING', { file, reason }, { ...more, retry: 'backoff' });
