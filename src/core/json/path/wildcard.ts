import type { Path } from './path.ts';

/**
 * Whether a text is like a pattern: `*` is any characters, `?` is one, `\` takes the next as it is. Going back costs: in the worst case
 * the time is the length of the text × that of the pattern, which the path's search has to pay for.
 */
export function isLike(text: string, pattern: string, path: Path): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let resume = 0;
  for (;;) {
    if (pattern[place] === '*') {
      star = place;
      resume = at;
      place += 1;
      continue;
    }
    if (place === pattern.length && at === text.length) return true;
    const step = place < pattern.length && at < text.length ? matchOne(text, at, pattern, place) : undefined;
    if (step) {
      at += step.taken;
      place += step.used;
      continue;
    }
    if (star < 0 || resume >= text.length) return false;
    path.spend(at - resume + 1);
    resume += sizeAt(text, resume);
    at = resume;
    place = star + 1;
  }
}

function matchOne(text: string, at: number, pattern: string, place: number): { taken: number; used: number } | undefined {
  if (pattern[place] === '?') return { taken: sizeAt(text, at), used: 1 };
  const escapes = pattern[place] === '\\' ? 1 : 0;
  const wanted = pattern.codePointAt(place + escapes);
  if (wanted === undefined || wanted !== text.codePointAt(at)) return undefined;
  const taken = sizeAt(text, at);
  return { taken, used: escapes + taken };
}

const sizeAt = (text: string, at: number): number => (text.codePointAt(at)! > 0xffff ? 2 : 1);
