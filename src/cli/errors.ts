import { CommanderError } from 'commander';
import { EngineError } from '../core/errors/engine-error.ts';
import { fromUnknown } from '../core/errors/from-unknown.ts';

/** What a command says before it ends: a sentence, the code, and what to try. Never a stack trace; a bug of ours names its place. */
export function showError(thrown: unknown): string {
  const error = fromUnknown(thrown);
  const place =
    error.code === 'BUG_UNEXPECTED' && thrown instanceof Error
      ? `\n  at: ${/\bat .*?([\w-]+\.js:\d+)/.exec(thrown.stack ?? '')?.[1] ?? 'unknown'}`
      : '';
  return `sensorium: ${error.message}  ${error.code}${error.hint ? `\n  try: ${error.hint}` : ''}${place}`;
}

/** 2: the rules or flags are wrong; 3: somebody cannot be reached; 70: a bug; 1: the rest. */
export function exitCodeOf(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  const code = thrown instanceof EngineError ? thrown.code : 'BUG_UNEXPECTED';
  if (code.startsWith('CONFIG_')) return 2;
  if (code.startsWith('UNREACHABLE_')) return 3;
  return code.startsWith('BUG_') ? 70 : 1;
}
