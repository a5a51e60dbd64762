import { EngineError } from '../../src/core/errors/engine-error.ts';
import { reasonOf } from '../../src/core/errors/from-unknown.ts';
import { parseTime } from '../../src/core/go/time/parse.ts';

const prefix = 'EXDATE:';

/** Whether an entry names dates; others are ignored, as in Argo Events. */
export const namesDates = (entry: string): boolean => entry.startsWith(prefix);

/** The instants that the entries name, in milliseconds. Throws EngineError CONFIG_INVALID in Go's words. */
export function excludedInstants(entries: readonly string[]): number[] {
  return entries.filter(namesDates).flatMap((entry) => entry.slice(prefix.length).split(',').map(instantOf));
}

function instantOf(text: string): number {
  try {
    return parseTime('20060102T150405Z', text).seconds * 1000;
  } catch (cause) {
    throw new EngineError('CONFIG_INVALID', { problem: reasonOf(cause) }, { cause });
  }
}
