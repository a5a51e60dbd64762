import pino, { type DestinationStream, type Logger } from 'pino';
import { EngineError } from '../errors/engine-error.ts';
import { onceATurn } from '../time/once-a-turn.ts';
import { argoTexts } from './argo-texts.ts';
import type { Happening, HappeningName, Level } from './happenings.ts';
import type { Listener, TellFields } from './tell.ts';

interface LogOptions {
  readonly level: Level;
  readonly destination?: DestinationStream;
}

/**
 * JSON lines on standard output, one for each happening at or above `level`. Errors become code, message and hint; `detail`, which
 * may hold secrets, is left out. Standard output is written once a turn of the event loop, and waited for: lines cannot pile up.
 */
export function logListener({ level, destination }: LogOptions): Listener {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const output = destination ? undefined : pino.destination({ fd: 1, sync: true, minLength: 65_536, maxWrite: 262_144 });
  const logger: Logger = pino(options, destination ?? output!);
  const flush = output ? onceATurn(() => output.flushSync()) : () => {};
  const listener: Listener = (name, happening, fields) => {
    const argo = argoTexts[name]?.(fields);
    logger[happening.level](argo === undefined ? forLog(fields) : { ...forLog(fields), argo }, happening.message);
    flush();
  };
  return Object.assign(listener, { wants: (_: HappeningName, happening: Happening) => logger.isLevelEnabled(happening.level) });
}

function forLog(fields: TellFields): object {
  const { error, detail } = fields;
  if (error === undefined && detail === undefined) return fields;
  return { ...fields, detail: undefined, error: error instanceof Error ? describeError(error) : error };
}

function describeError(thrown: Error): object {
  if (!(thrown instanceof EngineError)) return { message: thrown.message };
  return { code: thrown.code, message: thrown.message, ...(thrown.hint ? { hint: thrown.hint } : {}) };
}
