import pino, { type DestinationStream, type Logger } from 'pino';
import { EngineError } from '../errors/engine-error.ts';
import type { Level } from './happenings.ts';
import type { Listener } from './tell.ts';

export interface LogOptions {
  readonly level: Level;
  readonly destination?: DestinationStream;
}

/** JSON lines on standard output, one for each happening at or above `level`; errors as code, message and hint. */
export function logListener({ level, destination }: LogOptions): Listener {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const logger: Logger = pino(options, destination ?? pino.destination({ fd: 1, sync: false }));
  return (_name, happening, fields) => {
    if (!logger.isLevelEnabled(happening.level)) return;
    logger[happening.level](
      fields['error'] instanceof Error ? { ...fields, error: describeError(fields['error']) } : fields,
      happening.message,
    );
  };
}

function describeError(thrown: Error): object {
  if (!(thrown instanceof EngineError)) return { message: thrown.message };
  return { code: thrown.code, message: thrown.message, ...(thrown.hint ? { hint: thrown.hint } : {}) };
}
