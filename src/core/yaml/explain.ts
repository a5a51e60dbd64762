import type { ErrorCode } from 'yaml';

/** What is usually wrong where the parser stumbles over this, in words for who wrote the text. */
const causes: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'a tab is used for indentation; YAML allows only spaces there',
  MULTILINE_IMPLICIT_KEY: 'this line is neither `key: value` nor a list item; is it indented as the lines around it?',
  BLOCK_AS_IMPLICIT_KEY: 'a second `key:` on the same line, or a line indented too far; quote a value that holds `: `',
  BAD_SCALAR_START: 'a value cannot begin with this character; put it in quotes',
  UNEXPECTED_TOKEN: 'this does not belong here; is it indented as the lines around it?',
};

/** A problem of the YAML parser as a clause that follows "this is not valid YAML: ". */
export function explain(code: ErrorCode, message: string): string {
  if (message.startsWith('Maximum call stack')) return 'it is nested too deeply';
  if (/closing|end with a/.test(message))
    return `${/["'\]}]/.exec(message)?.[0] ?? 'something'} is missing: what was opened before is not closed here`;
  if (code === 'BAD_INDENT' && message.startsWith('All mapping')) return 'this line is not indented as the other keys of its map';
  if (code === 'BAD_INDENT' && message.startsWith('Block scalar'))
    return 'the text of a `|` or `>` must be indented further than its key, with spaces';
  return causes[code] ?? message.replace(/ at line \d+.*$/s, '');
}
