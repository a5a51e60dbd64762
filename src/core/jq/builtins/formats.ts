import type { Json } from '../../json/json.ts';
import { Raised } from '../run/raised.ts';
import type { Run } from '../run/run.ts';
import { describe } from '../values/preview.ts';
import { print } from '../values/print.ts';
import { textOf } from '../values/utf8.ts';
import { decodeBase32, encodeBase32 } from './base32.ts';
import { cannotApply, cannotApplyBecause } from './refusals.ts';

/** One of `@text`, `@csv` and so on: the value as text of that kind, all that is special in it escaped. */
type Format = (run: Run, value: Json) => string;

/** A text as it is, anything else as JSON. */
export const toText: Format = (run, value) => {
  if (typeof value === 'string') {
    run.grow(value.length);
    return value;
  }
  return print(value, (length) => run.grow(length));
};

const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&apos;', '"': '&quot;' };
const tabs: Readonly<Record<string, string>> = { '\t': '\\t', '\r': '\\r', '\n': '\\n', '\\': '\\\\', '\0': '\\0' };

export const formats: Readonly<Record<string, Format>> = {
  text: toText,
  json: (run, value) => print(value, (length) => run.grow(length)),
  html: (run, value) => toText(run, value).replace(/[<>&'"]/g, (char) => entities[char]!),
  uri: (run, value) =>
    encodeURIComponent(toText(run, value).replace(/\p{Surrogate}/gu, '\ufffd')).replace(
      /[!'()*]/g,
      (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
  urid: (run, value) => unescapeUri(toText(run, value), value),
  csv: (run, value) => row(run, 'csv', value, ',', (text) => `"${text.replaceAll('"', '""').replaceAll('\0', '\\0')}"`),
  tsv: (run, value) => row(run, 'tsv', value, '\t', (text) => text.replace(/[\t\r\n\\\0]/g, (char) => tabs[char]!)),
  sh: (run, value) =>
    row(run, 'sh', Array.isArray(value) ? value : [value], ' ', (text) => `'${text.replaceAll("'", "'\\''").replaceAll('\0', '\\0')}'`),
  base64: (run, value) => Buffer.from(toText(run, value)).toString('base64'),
  base64d(run, value) {
    const text = toText(run, value).replace(/=.*$/s, '');
    const wrong = text.search(/[^A-Za-z0-9+/]/);
    if (wrong >= 0 || text.length % 4 === 1) {
      throw cannotApplyBecause(`illegal base64 data at input byte ${wrong >= 0 ? wrong : text.length - 1}`, '@base64d', value);
    }
    run.tick(text.length >> 3);
    return textOf(Buffer.from(text, 'base64'));
  },
  base32: (run, value) => encodeBase32(Buffer.from(toText(run, value))),
  base32d(run, value) {
    const bytes = decodeBase32(toText(run, value));
    if (!bytes) throw cannotApplyBecause('illegal base32 data', '@base32d', value);
    run.tick(bytes.length >> 3);
    return textOf(Buffer.from(bytes));
  },
};

function row(run: Run, name: string, value: Json, separator: string, quote: (text: string) => string): string {
  if (!Array.isArray(value)) throw cannotApply(`@${name}`, value);
  const cells = value.map((cell) => {
    if (typeof cell === 'string') return quote(toText(run, cell));
    if (typeof cell === 'object' && cell !== null) {
      throw new Raised(() => `@${name} cannot format an array including: ${describe(cell)}`);
    }
    const text = toText(run, cell);
    return text === 'null' && name !== 'sh' ? '' : text;
  });
  return cells.join(separator);
}

/** As Go's url.QueryUnescape, but `+` stays. Bytes that are no UTF-8 become U+FFFD. */
function unescapeUri(text: string, value: Json): string {
  const broken = /%(?![0-9A-Fa-f]{2}).{0,2}/s.exec(text);
  if (broken) throw cannotApplyBecause(`invalid URL escape ${JSON.stringify(broken[0])}`, '@urid', value);
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => textOf(Buffer.from(run.replaceAll('%', ''), 'hex')));
}
