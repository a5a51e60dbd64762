import { goQuote } from '../quote.ts';
import type { PathOf } from './steps.ts';
import { isJson } from './value.ts';

/** `{a,"name":b}` or `[a,b]`, taken apart. */
interface Multipath {
  readonly open: '{' | '[';
  readonly parts: readonly { readonly name: string; readonly path: string }[];
  readonly rest: string;
}

/** Takes the multipath apart that a path starts with; undefined when it is not closed. */
export function parseMultipath(text: string): Multipath | undefined {
  const parts: { name: string; path: string }[] = [];
  let depth = 1;
  let start = 1;
  let colon = 0;
  let modifier = false;
  const push = (end: number): void => {
    parts.push({ name: colon === 0 ? '' : text.slice(start, colon), path: text.slice(colon === 0 ? start : colon + 1, end) });
    start = end + 1;
    colon = 0;
    modifier = false;
  };
  for (let at = 1; at < text.length; at++) {
    switch (text[at]) {
      case '\\':
        at += 1;
        break;
      case '@':
        // The colon behind a modifier is its argument's.
        if (text[at - 1] === '.' || text[at - 1] === '|') modifier = true;
        break;
      case ':':
        if (!modifier && colon === 0 && depth === 1) colon = at;
        break;
      case ',':
        if (depth === 1) push(at);
        break;
      case '"':
        at = closingQuote(text, at);
        break;
      case '[':
      case '(':
      case '{':
        depth += 1;
        break;
      case ']':
      case ')':
      case '}':
        depth -= 1;
        if (depth > 0) break;
        push(at);
        return { open: text.startsWith('{') ? '{' : '[', parts, rest: text.slice(at + 1) };
    }
  }
  return undefined;
}

function closingQuote(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '"') return at;
    if (text[at] === '\\') at += 1;
  }
  return text.length;
}

/** Makes the function that builds the object or array. What does not exist is left out. */
export function multipath({ open, parts }: Multipath, pathOf: PathOf): (json: string) => string {
  const members = parts.map(({ name, path }) => ({ key: open === '{' ? `${keyText(name, path)}:` : '', path: pathOf(path) }));
  const close = open === '{' ? '}' : ']';
  return (json) => {
    const found: string[] = [];
    for (const { key, path } of members) {
      const value = path.find(json);
      if (value) found.push(key + value.raw);
    }
    return `${open}${found.join(',')}${close}`;
  };
}

/** The key is the name given, else the path's last part where that is a plain word. */
function keyText(name: string, path: string): string {
  if (name !== '') return name.startsWith('"') && isJson(name) ? name : goQuote(name);
  const last = lastPart(path);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a control character makes it no plain word
  return /[\0-\x1f[\]{}()#|!]/.test(last) ? '"_"' : goQuote(last);
}

function lastPart(path: string): string {
  for (let at = path.length - 1; at >= 0; at--) {
    if ((path[at] === '|' || path[at] === '.') && path[at - 1] !== '\\') return path.slice(at + 1);
  }
  return path;
}
