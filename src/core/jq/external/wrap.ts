/**
 * The one program that a child runs: it takes lines `[number, input]`, gives the input to the program of that number, and answers each
 * with exactly one line: `[[output]]`, `[[]]` when there is none, or `[null, error]`.
 *
 * What reaches beyond the event is defined away. Line feeds behind each program end a comment in it, also one that a backslash continues.
 */
export function wrap(programs: readonly string[]): string {
  const bodies = programs.map((program, index) => `def __${index}: (${program}\n\n);`).join('\n');
  const choice = programs.map((_, index) => `${index === 0 ? 'if' : 'elif'} $__number == ${index} then __${index}`).join(' ');
  return `try [[label $__end | ${nothingElse} def halt: break $__end; {} as $ENV |
${bodies}
. as [$__number, $__input] | $__input | limit(1; ${choice} else empty end)]] catch [null, .]`;
}

const nothingElse = [
  'def input: error("there is no further input: a program sees one event");',
  'def inputs: input;',
  'def input_filename: null;',
  'def env: {};',
  'def debug: .;',
  'def debug(f): ., (f | empty);',
  'def stderr: .;',
  'def halt_error: error;',
  'def halt_error(f): . as $x | f | $x | error;',
  'def modulemeta: error("a program stands alone");',
  'def get_search_list: [];',
].join(' ');
