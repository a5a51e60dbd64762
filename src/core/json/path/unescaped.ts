// biome-ignore lint/suspicious/noControlCharactersInRegex: a control character ends the text
const needsCare = /\\u[dD]|[\0-\x1f]/;

const letters: Readonly<Record<string, string>> = { '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', '"': '"' };

/**
 * What the inside of a JSON string with escapes means. Forgiving, as gjson is: a control character or a wrong escape ends it, and half a
 * surrogate pair is U+FFFD.
 */
export function unescaped(inside: string): string {
  if (!needsCare.test(inside)) {
    try {
      return JSON.parse(`"${inside}"`) as string;
    } catch {
      // something in it is wrong: go by character
    }
  }
  let text = '';
  for (let at = 0; at < inside.length; at++) {
    const one = inside[at]!;
    if (one < ' ') return text;
    if (one !== '\\') {
      text += one;
      continue;
    }
    at += 1;
    if (inside[at] !== 'u') {
      const letter = letters[inside[at] ?? ''];
      if (letter === undefined) return text;
      text += letter;
      continue;
    }
    if (at + 5 > inside.length) return text;
    const unit = hex(inside, at + 1);
    at += 4;
    if (unit < 0xd800 || unit > 0xdfff) {
      text += String.fromCharCode(unit);
    } else if (inside[at + 1] === '\\' && inside[at + 2] === 'u' && at + 6 < inside.length) {
      const second = hex(inside, at + 3);
      at += 6;
      text += unit < 0xdc00 && second >= 0xdc00 && second <= 0xdfff ? String.fromCharCode(unit, second) : '\ufffd';
    } else {
      text += '\ufffd';
    }
  }
  return text;
}

/** Four hexadecimal digits; 0 when they are none. */
function hex(text: string, at: number): number {
  const digits = text.slice(at, at + 4);
  return /^[0-9a-fA-F]{4}$/.test(digits) ? Number.parseInt(digits, 16) : 0;
}
