import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { setRaw, setString } from '../../../src/core/json/set-path/index.ts';
import type { Resolved } from './source.ts';

/** A JSON text with a value at a path: as text, or as what it stands for where the author asks for that. Throws EngineError EVENT_PARAMETER or EVENT_LIMIT. */
export function setValue(json: string, dest: string, value: Resolved, useRawData: boolean | undefined): string {
  try {
    return useRawData && value.type !== 'String' ? setRaw(json, dest, value.text) : setString(json, dest, value.text);
  } catch (thrown) {
    if (!(thrown instanceof EngineError) || thrown.code === 'EVENT_LIMIT') throw thrown;
    throw new EngineError(
      'EVENT_PARAMETER',
      { problem: `cannot set "${dest}": ${thrown.fields['problem'] ?? thrown.message}` },
      { cause: thrown },
    );
  }
}
