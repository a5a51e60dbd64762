import { closest } from '../../core/errors/closest.ts';
import { type Code, codes, type ErrorCode } from '../../core/errors/codes.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import { meanings } from '../../core/errors/meanings.ts';
import { retryOf } from '../../manifests/generate/errors-page.ts';
import { wrap } from './wrap.ts';

export const isCode = (word: string): boolean => /^[A-Z]+_[A-Z0-9_]+$/.test(word);

/** What an error code means and what to do. Throws CONFIG_INVALID when there is none of this name. */
export function codeText(word: string, width: number): string {
  if (!Object.hasOwn(codes, word)) {
    const near = closest(word, Object.keys(codes));
    throw new EngineError('CONFIG_INVALID', { problem: `there is no error code ${word}` }, near ? { hint: `did you mean ${near}?` } : {});
  }
  const code = word as Code;
  const { message }: ErrorCode = codes[code];
  const { means, todo } = meanings[code];
  return [
    `CODE:  ${code}`,
    ...(message === '{problem}' ? [] : [`MESSAGE:\n${wrap(message, 4, width)}`]),
    `MEANING:\n${wrap(means, 4, width)}`,
    `WHAT TO DO:\n${wrap(todo, 4, width)}`,
    `TRIED AGAIN:\n    ${retryOf(code)}`,
  ].join('\n\n');
}
