/**
 * Where the members of a JSON object, or the elements of an array, stand in its text, so that a part of it can be passed on as it was
 * written: with all digits of its numbers, and the order of its keys. The text has to be JSON.
 */
export function rawParts(text: string): { readonly key: string | undefined; readonly raw: string }[] {
  const parts: { key: string | undefined; raw: string }[] = [];
  let depth = 0;
  let start = -1;
  let key: string | undefined;
  const end = (at: number): void => {
    const raw = start < 0 ? '' : text.slice(start, at).trim();
    if (raw !== '') parts.push({ key, raw });
    start = at + 1;
    key = undefined;
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === openBrace || code === openBracket) {
      depth += 1;
      if (depth === 1) start = at + 1;
    } else if (code === closeBrace || code === closeBracket) {
      depth -= 1;
      if (depth === 0) end(at);
    } else if (depth !== 1) continue;
    else if (code === comma) end(at);
    else if (code === colon) {
      key = JSON.parse(text.slice(start, at)) as string;
      start = at + 1;
    }
  }
  return parts;
}

function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); ; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
}

const [quote, backslash, comma, colon, openBrace, closeBrace, openBracket, closeBracket] = Array.from('"\\,:{}[]', (one) =>
  one.charCodeAt(0),
);
