/**
 * A pattern of LIKE as a test: `%` stands for any bytes, `_` for one byte, `\%` and `\_` for themselves; capitals matter.
 *
 * Its time is at the most the text's length times the pattern's. Where a `\%` does not meet its sign, the backslash may still meet one in
 * the text, as it does in Knative.
 */
export function compileLike(pattern: string): (text: string) => boolean {
  const wanted = bytesOf(pattern);
  return (text) => matches(bytesOf(text), wanted);
}

/** One character for each byte. */
const bytesOf = (text: string): string => (/[\x80-\uffff]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text);

function matches(text: string, pattern: string): boolean {
  let at = 0;
  let place = 0;
  let wildcard = -1;
  let resume = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const sign = pattern.charCodeAt(place);
    const escaped = sign === backslash ? pattern.charCodeAt(place + 1) : Number.NaN;
    if ((escaped === underscore || escaped === percent) && escaped === code) {
      place += 2;
      at += 1;
    } else if (sign === underscore || sign === code) {
      place += 1;
      at += 1;
    } else if (sign === percent) {
      wildcard = place;
      resume = at;
      place += 1;
    } else if (wildcard >= 0) {
      place = wildcard + 1;
      resume += 1;
      at = resume;
    } else return false;
  }
  while (pattern.charCodeAt(place) === percent) place += 1;
  return place === pattern.length;
}

const [backslash, underscore, percent] = Array.from('\\_%', (sign) => sign.charCodeAt(0));
