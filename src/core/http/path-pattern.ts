import { compileRegex } from '../regex.ts';

/** Whether a path, with its escapes undone, is one of a route's. */
export type PathPattern = (path: string) => boolean;

/**
 * A path with variables as gorilla/mux writes them: `/repo/{name}` takes any one segment there, `/{rest:.*}` what the pattern takes.
 * Everything else has to be equal, a slash at the end too. Throws EngineError CONFIG_REGEX for a pattern that is none.
 */
export function pathPattern(template: string): PathPattern {
  const pieces = piecesOf(template);
  if (pieces.every((piece) => typeof piece === 'string')) return (path) => path === template;
  const source = pieces.map((piece) => (typeof piece === 'string' ? escaped(piece) : `(?:${piece.pattern})`)).join('');
  const regex = compileRegex(`^${source}$`);
  return (path) => regex.test(path);
}

type Piece = string | { readonly pattern: string };

/** Text and variables in turn. A brace that is never closed is text. */
function piecesOf(template: string): Piece[] {
  const pieces: Piece[] = [];
  const ends = closings(template);
  let text = '';
  for (let at = 0; at < template.length; at++) {
    const end = ends.get(at);
    if (end === undefined) {
      text += template[at];
      continue;
    }
    const [, pattern = '[^/]+'] = /^[^:]*:(.+)$/s.exec(template.slice(at + 1, end)) ?? [];
    if (text) pieces.push(text);
    pieces.push({ pattern });
    text = '';
    at = end;
  }
  return text ? [...pieces, text] : pieces;
}

/** Where each brace that is closed is closed, by its place, with those in its pattern counted. */
function closings(template: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < template.length; at++) {
    if (template[at] === '{') open.push(at);
    const start = template[at] === '}' ? open.pop() : undefined;
    if (start !== undefined) ends.set(start, at);
  }
  return ends;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
