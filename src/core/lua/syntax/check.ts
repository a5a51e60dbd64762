import { refuse } from './refuse.ts';
import type { Token } from './tokens.ts';

const blockEnds: ReadonlySet<string> = new Set(['end', 'else', 'elseif', 'until']);

/**
 * What later versions of Lua take and Lua 5.1 does not. Throws EngineError CONFIG_LUA for a `break` that is not the last statement of its
 * block, and for a call whose parenthesis stands on the next line, which could as well be a new statement.
 */
export function checkAsLua51(tokens: readonly Token[]): void {
  const parentheses: { readonly ofParameters: boolean }[] = [];
  let closed: { readonly ofParameters: boolean } | undefined;
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    if (isName(token, 'break') && !isMember(before)) checkBreak(tokens, index);
    if (isSign(token, '(')) {
      if (closed && !closed.ofParameters && isSign(before, ')') && token.line > before!.line) {
        throw refuse('this could call what stands before, or be a new statement', token.offset, 'put a ; before it, or both on one line');
      }
      parentheses.push({ ofParameters: startsParameters(tokens, index) });
    }
    if (isSign(token, ')')) closed = parentheses.pop();
  }
}

function checkBreak(tokens: readonly Token[], index: number): void {
  let next = tokens[index + 1];
  if (isSign(next, ';')) next = tokens[index + 2];
  if (next === undefined || (next.kind === 'name' && blockEnds.has(next.text))) return;
  throw refuse('break must be the last statement of its block', tokens[index]!.offset, 'write do break end');
}

/** `function (`, `function a.b:c (`. */
function startsParameters(tokens: readonly Token[], index: number): boolean {
  let at = index - 1;
  while (
    at >= 0 &&
    (isSign(tokens[at], '.') || isSign(tokens[at], ':') || (tokens[at]!.kind === 'name' && !isName(tokens[at], 'function')))
  ) {
    if (index - at > 100) return false;
    at -= 1;
  }
  return isName(tokens[at], 'function');
}

/** A field called `break` is a mistake of another kind, which the parser tells. */
const isMember = (before: Token | undefined): boolean => isSign(before, '.') || isSign(before, ':') || isName(before, 'goto');

const isSign = (token: Token | undefined, text: string): boolean => token?.kind === 'sign' && token.text === text;
const isName = (token: Token | undefined, text: string): boolean => token?.kind === 'name' && token.text === text;
