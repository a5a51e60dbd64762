/** Space between tokens, and what Go escapes. */
const notCompact = /[ \t\r\n<>&\u2028\u2029]/;

/**
 * JSON text as Go's encoding/json writes raw JSON: without space between tokens, with `<`, `>`, `&`, U+2028 and U+2029 escaped, and
 * otherwise as it is, numbers and the order of keys included. The text has to be JSON.
 */
export function compactJson(text: string): string {
  if (!notCompact.test(text)) return text;
  let compact = '';
  for (let at = 0; at < text.length; ) {
    const quote = text.indexOf('"', at);
    compact += text.slice(at, quote < 0 ? text.length : quote).replace(/[ \t\r\n]+/g, '');
    if (quote < 0) break;
    at = endOfString(text, quote);
    compact += text.slice(quote, at);
  }
  return compact.replace(/[<>&\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The place behind the string that begins at a quote. */
function endOfString(text: string, quote: number): number {
  for (let end = text.indexOf('"', quote + 1); end > 0; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text[before - 1] === '\\') before -= 1;
    if ((end - before) % 2 === 0) return end + 1;
  }
  return text.length;
}
