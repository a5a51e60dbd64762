import { EngineError } from '../../../errors/engine-error.ts';
import { compileRegex } from '../../../regex.ts';
import type { Scope } from '../../compile/scope.ts';
import type { Node } from '../../syntax/ast.ts';
import { refuse } from '../../syntax/refuse.ts';
import { unknownFlag } from '../../values/regexes.ts';

/**
 * Refuses a pattern and flags that stand in the program and cannot work, at their place there. Inside a `try` it is left to the run: the
 * author may mean to catch it.
 */
export function checkRegex(pattern: Node, flags: Node | undefined, scope: Scope): void {
  const { tries, text } = scope.program;
  if (tries > 0) return;
  if (flags?.kind === 'literal' && typeof flags.value === 'string' && unknownFlag.test(flags.value)) {
    throw refuse(`unsupported regular expression flag: ${JSON.stringify(flags.value)}`, flags.at, 'the flags are g, i and m');
  }
  if (pattern.kind !== 'literal' || typeof pattern.value !== 'string') return;
  try {
    compileRegex(pattern.value);
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    // Behind an escape in the string, places in the pattern and in the text are no longer the same.
    const start = pattern.at + 1;
    const isPlain = text.startsWith(pattern.value, start);
    const inside = isPlain && typeof thrown.fields.offset === 'number' ? start + thrown.fields.offset : pattern.at;
    throw refuse(`regular expression "${pattern.value}": ${thrown.fields.problem}`, inside, thrown.hint);
  }
}
