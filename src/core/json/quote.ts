// biome-ignore lint/suspicious/noControlCharactersInRegex: a control character is what must be escaped
const special = /["\\\u0000-\u001f<>&\u2028\u2029\ud800-\udfff]/;

const halfPair = /\p{Surrogate}/gu;

const notInGo = /[<>&\u2028\u2029]/g;

/**
 * A JSON string as Go's encoding/json writes it: `<`, `>`, `&`, U+2028 and U+2029 are escaped, and half a surrogate pair, which Go's
 * strings cannot hold, is U+FFFD.
 */
export function goQuote(text: string): string {
  if (!special.test(text)) return `"${text}"`;
  return JSON.stringify(text.replace(halfPair, '\ufffd')).replace(
    notInGo,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
