import { EngineError } from '../errors/engine-error.ts';
import { compileRegex, type Match, type Regex } from '../regex.ts';
import { validPieces } from './bytes.ts';
import { GoError, type Spend } from './function.ts';

const most = 100;

/** The regular expressions that a program has met, each compiled once; when there are too many it starts anew. */
export class Regexes {
  readonly #known = new Map<string, Regex>();

  /** Throws GoError in Go's words for a pattern that is none. */
  get(pattern: string, spend: Spend): Regex {
    const known = this.#known.get(pattern);
    if (known) return known;
    spend.steps(4000 + pattern.length * 20);
    if (validPieces(pattern).length > 1) throw new GoError('error parsing regexp: invalid UTF-8');
    if (this.#known.size >= most) this.#known.clear();
    const regex = compiled(pattern);
    this.#known.set(pattern, regex);
    return regex;
  }
}

function compiled(pattern: string): Regex {
  try {
    return compileRegex(pattern);
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    throw new GoError(`error parsing regexp: ${thrown.fields['problem']}`);
  }
}

/** Up to `most` matches from the left, or all when it is negative; an empty one does not count right behind another. */
export function findAll(regex: Regex, text: string, most: number, spend: Spend): Match[] {
  const found: Match[] = [];
  let end = -1;
  for (let from = 0; from <= text.length && found.length !== most; ) {
    const match = regex.exec(text, from);
    const matchEnd = match ? match.index + match.length : text.length;
    spend.steps(((matchEnd - from) >> 3) + regex.pattern.length / 8 + 1);
    if (!match) break;
    if (match.length > 0 || match.index !== end) {
      found.push(match);
      spend.bytes(256 + match.length);
    }
    end = matchEnd;
    from = match.length > 0 ? end : end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
  }
  return found;
}

/** Regexp.Split. */
export function splitBy(regex: Regex, text: string, most: number, spend: Spend): string[] | undefined {
  if (most === 0) return undefined;
  if (regex.pattern !== '' && text === '') return [''];
  const parts: string[] = [];
  let start = 0;
  let end = 0;
  for (const match of findAll(regex, text, most, spend)) {
    if (most > 0 && parts.length === most - 1) break;
    end = match.index;
    if (match.index + match.length !== 0) parts.push(text.slice(start, end));
    start = match.index + match.length;
  }
  if (end !== text.length) parts.push(text.slice(start));
  return parts;
}

/** Regexp.ReplaceAll; `expand` makes the new text of a match. */
export function replaceAll(regex: Regex, text: string, expand: (match: Match) => string, spend: Spend): string {
  let result = '';
  let from = 0;
  for (const match of findAll(regex, text, -1, spend)) {
    const part = text.slice(from, match.index) + expand(match);
    spend.bytes(part.length);
    result += part;
    from = match.index + match.length;
  }
  return result + text.slice(from);
}

/** `$1`, `${name}`, `$$`: what a replacement makes of a match. A group that is not there is empty. */
export function expand(replacement: string, match: Match): string {
  if (!replacement.includes('$')) return replacement;
  return replacement.replace(/\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu, (_whole, braced?: string, plain?: string) => {
    const name = braced ?? plain;
    if (name === undefined) return '$';
    return groupText(match, name) ?? '';
  });
}

function groupText(match: Match, name: string): string | undefined {
  if (/^(?:0|[1-9]\d{0,8})$/.test(name)) return name === '0' ? match.text : match.groups[Number(name) - 1]?.text;
  return match.groups.find((group) => group.name === name)?.text;
}
