import { spawnSync } from 'node:child_process';
import { EngineError } from '../../errors/engine-error.ts';
import { compileJq } from '../index.ts';
import { refuse } from '../syntax/refuse.ts';
import { wrap } from './wrap.ts';

/** Programs go to the child as one of its words, which an operating system lets be so long, in UTF-8. */
export const largestProgram = 30_000;

/**
 * Asks the real jq whether it can run a program: alone, so that none can break out of the brackets that it gets among others, and in
 * those brackets, which hold no `import`. Throws CONFIG_JQ with jq's reason; the place is where our own compiler sees the mistake.
 */
export function checkProgram(path: string, program: string): void {
  if (program.trim() === '') throw refuse('unexpected end of the program, expected an expression', 0);
  if (program.length > largestProgram) throw refuse(`the program has more than ${largestProgram} characters`, 0);
  const problem = problemWith(path, program) ?? problemWith(path, wrap([program]));
  if (problem === undefined) return;
  const { offset, hint } = ourRefusal(program);
  throw refuse(problem, offset, hint);
}

/** With no input a program is compiled and not run. The space keeps one that starts with a minus from being an option. */
function problemWith(path: string, program: string): string | undefined {
  const { status, stderr, error } = ask(path, ['-c', ` ${program}`, '/dev/null']);
  if (status === 0) return undefined;
  if (error) return `${path} could not compile it: ${error.message}`;
  const [first = ''] = stderr.trim().split('\n');
  // gojq points at the place, in the lines behind.
  const pointed = /\^ +(\S.*)$/m.exec(stderr)?.[1];
  return pointed ?? first.replace(/^(?:jq: error|gojq: compile error|gojq): /, '');
}

/** What the program says of itself. Throws CONFIG_JQ_ENGINE when it is no jq. */
export function versionOf(path: string): string {
  const { status, stdout, error } = ask(path, ['--version']);
  const version = stdout?.trim() ?? '';
  if (status === 0 && /^(?:jq-|gojq )/.test(version)) return version;
  const problem = error ? `${path} cannot be run: ${error.message}` : `${path} is no jq: it says "${version.slice(0, 80)}"`;
  throw new EngineError('CONFIG_JQ_ENGINE', { problem });
}

const ask = (path: string, words: readonly string[]) =>
  spawnSync(path, words, { stdio: ['ignore', 'pipe', 'pipe'], env: {}, cwd: '/', timeout: 2_000, killSignal: 'SIGKILL', encoding: 'utf8' });

function ourRefusal(program: string): { offset: number; hint: string | undefined } {
  try {
    compileJq(program);
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return { offset: Number(thrown.fields.offset ?? 0), hint: thrown.hint };
  }
  return { offset: 0, hint: undefined };
}
