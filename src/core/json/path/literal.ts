import { nestedEnd } from './scan.ts';

const starts = /^![{["+\-0-9]/;
const word = /^!([^.|]*)/;

/** Whether a path starts with a literal value: `!"text"`, `!5`, `!true`. */
export const isLiteral = (path: string): boolean => starts.test(path) || /^(?:true|false|null|nan|inf)$/i.test(wordOf(path));

const wordOf = (path: string): string => word.exec(path)?.[1] ?? '';

/** The text of the literal, and what follows it. As in gjson, only `{…}`, `[…]` and words have an end before that of the path. */
export function literal(path: string): { value: string; rest: string } {
  const text = path.slice(1);
  const end = starts.test(path) ? nestedEnd(text, 0) : wordOf(path).length;
  return { value: text.slice(0, end), rest: text.slice(end) };
}
