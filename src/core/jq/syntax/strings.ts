import { refuse } from './refuse.ts';
import { readTokens, type Token } from './tokens.ts';

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '/': '/',
  '\\': '\\',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const deepestNesting = 100;

/** Reads the string that begins with the quote at `start`. */
export function readString(program: string, start: number, nesting: number): { parts: (string | readonly Token[])[]; end: number } {
  if (nesting > deepestNesting) throw refuse('strings are nested too deeply', start);
  const parts: (string | readonly Token[])[] = [];
  let text = '';
  let at = start + 1;
  for (;;) {
    const char = program[at];
    if (char === undefined) throw refuse('this string is never closed', start);
    if (char === '"') {
      if (text !== '' || parts.length === 0) parts.push(text);
      return { parts, end: at + 1 };
    }
    if (char !== '\\') {
      text += char;
      at += 1;
    } else if (program[at + 1] === '(') {
      if (text !== '') parts.push(text);
      text = '';
      const place = readTokens(program, at + 2, nesting + 1);
      parts.push(place.tokens);
      at = place.end;
    } else {
      const escaped = readEscape(program, at);
      text += escaped.text;
      at = escaped.end;
    }
  }
}

function readEscape(program: string, at: number): { text: string; end: number } {
  const letter = program[at + 1] ?? '';
  const simple = escapes[letter];
  if (simple !== undefined) return { text: simple, end: at + 2 };
  const hex = program.slice(at + 2, at + 6);
  if (letter === 'u' && /^[0-9A-Fa-f]{4}$/.test(hex)) return { text: String.fromCharCode(Number.parseInt(hex, 16)), end: at + 6 };
  throw refuse(`invalid escape sequence \`\\${letter === 'u' ? `u${hex}` : letter}\` in a string`, at);
}
