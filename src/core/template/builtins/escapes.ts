import { print } from '../../go/format/index.ts';
import { type GoFunction, type Spend, variadic } from '../../go/function.ts';
import { isPrint } from '../../go/quote.ts';
import { queryEscape } from '../../go/url/escape.ts';
import type { GoValue } from '../../go/values.ts';

const entities: Readonly<Record<string, string>> = { '"': '&#34;', "'": '&#39;', '&': '&amp;', '<': '&lt;', '>': '&gt;', '\0': '\ufffd' };

const escapeHtml = (text: string): string => text.replace(/["'&<>\0]/g, (one) => entities[one]!);

const inScript: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '"': '\\"' };

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped
const escapeScript = (text: string): string => text.replace(/[\x00-\x1f\\'"<>&=]|[^\x00-\x7f]/gu, scriptEscape);

function scriptEscape(character: string): string {
  const code = character.codePointAt(0)!;
  if (code >= 0x80 && isPrint(character)) return character;
  return inScript[character] ?? `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The text of the arguments; here nil prints as it does in an action of its own. */
const textOf = (values: readonly GoValue[], spend: Spend): string =>
  print(
    values.map((value) => value ?? '<no value>'),
    spend,
  );

export const escapes: Readonly<Record<string, GoFunction>> = {
  html: variadic([], 'any', (values, spend) => escapeHtml(textOf(values, spend))),
  js: variadic([], 'any', (values, spend) => escapeScript(textOf(values, spend))),
  urlquery: variadic([], 'any', (values, spend) => queryEscape(textOf(values, spend))),
};
