import { parseMultipath } from './multipath.ts';
import { parseQuery } from './query.ts';

/** Says what is wrong with a path, as a sentence without its end; undefined when nothing is. gjson takes such a path, and finds nothing. */
export function checkPath(text: string): string | undefined {
  if (text === '') return 'the path is empty';
  const query = /(?<=^|[.|])#[([]/g;
  for (let found = query.exec(text); found; found = query.exec(text)) {
    const length = parseQuery(text.slice(found.index))?.length;
    if (length === undefined) return `the query ${text.slice(found.index)} is not closed`;
    query.lastIndex = found.index + length;
  }
  if (/^[{[]/.test(text) && !parseMultipath(text)) return `the multipath ${text} is not closed`;
  if (/(?<!\\)(?:\\\\)*\\$/.test(text)) return 'it ends with a backslash that escapes nothing';
  if (/(?<!\\)(?:\\\\)*[.|]$/.test(text)) return `it ends with "${text.at(-1)}", behind which a key is missing`;
  return undefined;
}
