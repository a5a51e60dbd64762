import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Path } from '../../src/core/errors/finding.ts';
import { compileLua, type LuaOptions, type LuaProgram } from '../../src/core/lua/index.ts';
import { type Checked, problemOf } from '../checked.ts';
import { scriptInput } from '../transforms/lua.ts';
import type { Filter } from './verdict.ts';

const at = 'filters.script';

/** An event passes when the last value that the script returns is exactly `true`, or when it has no payload, as in Argo. */
export function compileScriptFilter(script: string, path: Path, options: Partial<LuaOptions> = {}): Checked<Filter> {
  let program: LuaProgram | undefined;
  const problem = problemOf(path, () => {
    program = compileLua(script, options);
  });
  return {
    findings: problem ? [problem] : [],
    value: (event) => {
      if (!event) return { at, because: 'nil event', failed: true };
      if (!event.data) return undefined;
      if (!program) return { at, because: 'the script cannot be compiled', failed: true };
      try {
        return program.isTrue(scriptInput(event.data)) ? undefined : { at, because: 'the script did not return true' };
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        return { at, because: `script filter error (${error.message})`, failed: true, error };
      }
    },
  };
}
