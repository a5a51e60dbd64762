import { byBytes } from '../by-bytes.ts';
import { parseGoBool, parseGoFloat } from '../numbers.ts';
import type { Path } from './path.ts';
import { trimmed } from './space.ts';
import { unescaped } from './unescaped.ts';
import type { Value } from './value.ts';
import { isLike } from './wildcard.ts';

/** `#(path op value)`, taken apart. An empty `op` asks whether the path exists. */
export interface QueryText {
  readonly path: string;
  readonly op: string;
  readonly value: string;
  /** What the value is where it meets a number. */
  readonly number: number;
  /** The length of `#(…)` in the path. */
  readonly length: number;
}

/** Takes the query apart that a path starts with; undefined when its bracket is not closed. */
export function parseQuery(text: string): QueryText | undefined {
  let depth = 1;
  let compare = 0;
  let escaped = false;
  let at = 2;
  for (; at < text.length; at++) {
    const one = text[at]!;
    if (depth === 1 && compare === 0 && '!=<>%'.includes(one)) {
      compare = at;
    } else if (one === '\\') {
      at += 1;
    } else if (one === '[' || one === '(') {
      depth += 1;
    } else if (one === ']' || one === ')') {
      depth -= 1;
      if (depth === 0) break;
    } else if (one === '"') {
      for (at += 1; at < text.length && text[at] !== '"'; at++) {
        if (text[at] !== '\\') continue;
        escaped = true;
        at += 1;
      }
    }
  }
  if (depth > 0) return undefined;
  const length = at + 1;
  if (compare === 0) return { path: trimmed(text.slice(2, at)), op: '', value: '', number: 0, length };
  const comparison = trimmed(text.slice(compare, at));
  const written = comparison.length === 1 ? comparison : (/^(?:!=|!%|<=|>=|==|[<>=%])/.exec(comparison)?.[0] ?? '');
  const value = withoutQuotes(trimmed(comparison.slice(written.length)), escaped);
  return {
    path: trimmed(text.slice(2, compare)),
    op: written === '==' ? '=' : written,
    value,
    number: parseGoFloat(value) ?? 0,
    length,
  };
}

function withoutQuotes(value: string, escaped: boolean): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  const inside = value.slice(1, -1);
  return escaped ? unescaped(inside) : inside;
}

/** Whether an element of an array meets a query. A scalar element only can when the query has no path. */
export function meets(element: Value, path: Path, { op, value, number }: QueryText): boolean {
  if (element.type !== 'JSON' && path.text !== '') return false;
  const found = element.type === 'JSON' ? path.find(element.raw) : element;
  if (value.startsWith('~')) return meetsLoosely(found, op, value.slice(1));
  if (!found) return false;
  if (op === '') return true;
  switch (found.type) {
    case 'String':
      return compareTexts(found.text, op, value, path);
    case 'Number':
      return compareNumbers(found.number, op, number);
    case 'True':
    case 'False':
      return compareBooleans(found.type === 'True', op, value);
    default:
      return false;
  }
}

/** `~true`, `~false`, `~null` and `~*` turn a value into true or false first, then compare that with true. */
function meetsLoosely(found: Value | undefined, op: string, word: string): boolean {
  const isSo = loosely(found, word);
  return isSo !== undefined && compareBooleans(isSo, op, 'true');
}

function loosely(found: Value | undefined, word: string): boolean | undefined {
  switch (word) {
    case '*':
      return found !== undefined;
    case 'null':
      return found === undefined || found.type === 'Null';
    case 'true':
      return asBoolean(found) === true;
    case 'false':
      return found === undefined || found.type === 'Null' || asBoolean(found) === false;
    default:
      return undefined;
  }
}

function asBoolean(found: Value | undefined): boolean | undefined {
  if (found?.type === 'True' || found?.type === 'False') return found.type === 'True';
  if (found?.type === 'Number') return found.number !== 0;
  return found?.type === 'String' ? parseGoBool(found.text.toLowerCase()) : undefined;
}

function compareTexts(text: string, op: string, value: string, path: Path): boolean {
  if (op === '%') return isLike(text, value, path);
  if (op === '!%') return !isLike(text, value, path);
  return holds(byBytes(text, value), op);
}

function compareNumbers(a: number, op: string, b: number): boolean {
  if (Number.isNaN(a) || Number.isNaN(b)) return op === '!=';
  return holds(a < b ? -1 : a > b ? 1 : 0, op);
}

function holds(order: number, op: string): boolean {
  switch (op) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default:
      return false;
  }
}

/** False is less than true; `>=` always holds for true and `<=` for false, whatever they are compared with. */
function compareBooleans(isTrue: boolean, op: string, value: string): boolean {
  switch (op) {
    case '=':
      return value === `${isTrue}`;
    case '!=':
      return value !== `${isTrue}`;
    case '>':
      return isTrue && value === 'false';
    case '<':
      return !isTrue && value === 'true';
    case '>=':
      return isTrue;
    case '<=':
      return !isTrue;
    default:
      return false;
  }
}
