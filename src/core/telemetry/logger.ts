import { EngineError } from '../errors/engine-error.ts';
import type { Json } from '../json/json.ts';
import { stringifyJson } from '../json/stringify.ts';
import { systemClock } from '../time/clock.ts';
import { argoTexts } from './argo-texts.ts';
import type { Happening, HappeningName, Level } from './happenings.ts';
import { type Lines, standardOutput } from './standard-output.ts';
import type { Listener, TellFields } from './tell.ts';

interface LogOptions {
  readonly level: Level;
  readonly destination?: Lines;
}

const levels: readonly Level[] = ['debug', 'info', 'warn', 'error'];

/**
 * JSON lines on standard output, one for each happening at or above `level`. Errors become code, message and hint; `detail`, which
 * may hold secrets, is left out.
 */
export function logListener({ level, destination = standardOutput() }: LogOptions): Listener {
  const time = isoTime();
  const listener: Listener = (name, { level, message }, fields) => {
    const head = `{"level":"${level}","time":"${time()}"`;
    const body = stringifyJson(forLog(fields) as Json);
    const argo = argoTexts[name]?.(fields);
    const said = argo === undefined ? '' : `,"argo":${JSON.stringify(argo)}`;
    destination.write(`${head}${body === '{}' ? '' : ','}${body.slice(1, -1)}${said},"msg":${JSON.stringify(message)}}\n`);
  };
  const least = levels.indexOf(level);
  return Object.assign(listener, { wants: (_: HappeningName, happening: Happening) => levels.indexOf(happening.level) >= least });
}

/** The time as text, made once for all lines of a millisecond. */
function isoTime(): () => string {
  let at = Number.NaN;
  let text = '';
  return () => {
    const now = systemClock.now();
    if (now !== at) text = new Date(now).toISOString();
    at = now;
    return text;
  };
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
