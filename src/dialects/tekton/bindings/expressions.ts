import { canonicalName } from '../../../core/http/call.ts';
import { PathError } from '../../../core/kube/json-path/index.ts';

/** A `$(…)` in the value of a param. */
export interface Found {
  /** As it is written, wrapping included. */
  readonly original: string;
  /** The same with the name of a header as headers are kept. */
  readonly expression: string;
  /** Where it stands in the value. */
  readonly at: number;
}

/**
 * The expressions of a text, in their order. Brackets inside are balanced; of expressions inside each other only the innermost is one, and
 * one that never ends is plain text.
 */
export function findExpressions(text: string): readonly Found[] {
  const found: Found[] = [];
  for (let at = text.indexOf('$('); at >= 0; at = text.indexOf('$(', at + 2)) {
    const next = text.indexOf('$(', at + 2);
    const end = closing(text, at + 2, next < 0 ? text.length : next);
    if (end === undefined) continue;
    const inner = text.slice(at + 2, end);
    found.push({ original: `$(${inner})`, expression: `$(${withHeaderName(inner)})`, at });
  }
  return found;
}

/** The first bracket that closes more than was opened. */
function closing(text: string, from: number, to: number): number | undefined {
  let open = 0;
  for (let at = from; at < to; at++) {
    if (text[at] === '(') open += 1;
    else if (text[at] === ')' && --open < 0) return at;
  }
  return undefined;
}

const header = 'header.';

const withHeaderName = (inner: string): string => (inner.startsWith(header) ? header + canonicalName(inner.slice(header.length)) : inner);

/**
 * The path of an expression: `$(a.b)`, `$(.a.b)`, `$({a.b})` and `$({.a.b})` all mean `.a.b`; empty for `$()`. Throws PathError, with the
 * place in the expression.
 */
export function pathOf(expression: string): string {
  if (!/^\$\(.*\)$/s.test(expression)) throw new PathError('an expression is wrapped in $( and )', 0);
  const inner = expression.slice(2, -1);
  const bare = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(inner);
  if (inner !== '' && !bare) throw new PathError('braces stand around the whole path, or nowhere', 2 + inner.search(/[{}]/));
  return bare ? `.${bare[1] ?? bare[2]}` : '';
}
