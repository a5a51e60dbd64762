/**
 * Where in a pattern the mistake is that RE2 tells of, in characters from 0. RE2 names a part of the pattern in backticks and not its
 * place; `fails` compiles a pattern and gives RE2's reason, undefined when there is none.
 */
export function offsetOf(pattern: string, problem: string, fails: (pattern: string) => string | undefined): number | undefined {
  if (problem.startsWith('missing closing ): ')) return bracketWithoutPartner(pattern, '(');
  if (problem.startsWith('unexpected ): ')) return bracketWithoutPartner(pattern, ')');
  if (problem.startsWith('trailing backslash')) return pattern.length - 1;
  const part = /`(.+)`$/s.exec(problem)?.[1];
  if (part === undefined) return undefined;
  const places = placesOf(part, pattern);
  // Where the same text stands several times, the first at which a pattern that ends there fails alike; from there on all do.
  let low = 0;
  let high = places.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fails(pattern.slice(0, places[middle]! + part.length)) === problem) high = middle;
    else low = middle + 1;
  }
  return places[low];
}

function placesOf(part: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) places.push(at);
  return places;
}

/** The innermost bracket that is never closed, or the first that closes nothing. Escapes and `[…]` hold no brackets. */
function bracketWithoutPartner(pattern: string, wanted: '(' | ')'): number | undefined {
  const open: number[] = [];
  for (const { 0: text, index } of pattern.matchAll(/\\Q.*?(?:\\E|$)|\\.|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|[()]/gs)) {
    if (text === '(') open.push(index);
    else if (text === ')' && open.pop() === undefined) return index;
  }
  return wanted === '(' ? open.at(-1) : undefined;
}
