import { EngineError } from '../errors/engine-error.ts';

/** A kubeconfig or service account that cannot be used; the problem is a clause that follows "kubeconfig: ". */
export const badConfig = (problem: string, options: { hint?: string; cause?: unknown; retry?: 'backoff' } = {}): EngineError =>
  new EngineError('CONFIG_KUBECONFIG', { problem }, options);
