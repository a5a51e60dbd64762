import { EngineError } from './engine-error.ts';

/** Anything that was thrown, as an EngineError. What is not one of ours is a bug of ours until somebody translates it where it comes from. */
export function fromUnknown(thrown: unknown): EngineError {
  if (thrown instanceof EngineError) return thrown;
  return new EngineError('BUG_UNEXPECTED', { reason: reasonOf(thrown) }, { cause: thrown });
}

/** Why a file could not be read or written. */
export function fileReasonOf(thrown: unknown): string {
  const { code } = thrown as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'a file stands where a folder is needed';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  return reasonOf(thrown);
}

/** The shortest text that says why: the innermost message of an error chain that has one. */
export function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return reasonOf(thrown.errors[0]);
  if (thrown.cause instanceof Error) return reasonOf(thrown.cause);
  return thrown.message || thrown.name;
}
