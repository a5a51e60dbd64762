import { byBytes } from '../by-bytes.ts';
import type { Path } from './path.ts';
import { nextStart, stringEnd, typeAt, valueEnd } from './scan.ts';
import { forEachIn, parseValue, type Value } from './value.ts';

interface Layout {
  /** Arrays without objects that fit into so many columns stay on one line. */
  width: number;
  prefix: string;
  indent: string;
  sortKeys: boolean;
}

/** Deeper values stay as they are. */
const deepest = 200;

/** One member or element a line, as the gjson modifier `@pretty` does it; ends with a new line unless there is nothing. */
export function pretty(json: string, argument: string, path: Path): string {
  const layout: Layout = { width: 80, prefix: '', indent: '  ', sortKeys: false };
  forEachIn(argument === '' ? undefined : parseValue(argument), (value, key) => {
    if (key?.text === 'sortKeys') layout.sortKeys = value.boolean;
    if (key?.text === 'indent') layout.indent = spaceIn(value.text);
    if (key?.text === 'prefix') layout.prefix = spaceIn(value.text);
    if (key?.text === 'width') layout.width = Math.trunc(value.number);
  });
  const compact = ugly(json);
  const start = nextStart(compact, 0);
  if (start >= compact.length) return layout.prefix === '' ? '' : `${layout.prefix}\n`;
  return `${new Printer(layout, path).print(firstValue(compact, start))}\n`;
}

const spaceIn = (text: string): string => text.replace(/[^ \t\r\n]/g, '');

function firstValue(json: string, start: number): string {
  const end = valueEnd(json, start);
  return json.slice(start, end < 0 ? undefined : end);
}

/** Without the white space between values. */
export function ugly(json: string): string {
  let text = '';
  for (let at = 0; at < json.length; at++) {
    if (json[at] === '"') {
      const end = stringEnd(json, at);
      text += json.slice(at, end < 0 ? undefined : end);
      at = end < 0 ? json.length : end - 1;
    } else if (json[at]! > ' ') {
      text += json[at];
    }
  }
  return text;
}

class Printer {
  readonly #layout: Layout;
  readonly #path: Path;
  #text: string;
  /** Where the current line starts in the text. */
  #line = 0;

  constructor(layout: Layout, path: Path) {
    this.#layout = layout;
    this.#path = path;
    this.#text = layout.prefix;
  }

  print(raw: string): string {
    this.#value(raw, 0);
    return this.#text;
  }

  #value(raw: string, depth: number): void {
    if (typeAt(raw, 0) !== 'JSON' || depth > deepest) {
      this.#text += raw;
      return;
    }
    this.#path.spend(raw.length);
    const { width } = this.#layout;
    const isList = raw.startsWith('[');
    const room = width - (this.#text.length - this.#line);
    const line = isList && width > 0 && room > 3 ? oneLine(raw, room, this.#path) : undefined;
    if (line !== undefined) this.#text += line;
    else this.#lines(raw, isList, depth);
  }

  #lines(raw: string, isList: boolean, depth: number): void {
    const members = membersOf(raw);
    if (this.#layout.sortKeys && !isList) members.sort((a, b) => byBytes(a.key?.text ?? '', b.key?.text ?? ''));
    this.#text += isList ? '[' : '{';
    for (const [index, { value, key }] of members.entries()) {
      if (index > 0) this.#text += ',';
      this.#newLine(depth + 1, index > 0 && isList);
      if (key) this.#text += `${key.raw}: `;
      this.#value(value.raw, depth + 1);
    }
    if (members.length > 0) this.#newLine(depth, false);
    this.#text += isList ? ']' : '}';
  }

  /** The column is counted from the line feed on, except behind the comma of a list, where it is counted from behind it. */
  #newLine(depth: number, isBehindListComma: boolean): void {
    const line = `\n${this.#layout.prefix}${this.#layout.indent.repeat(depth)}`;
    this.#path.spend(line.length);
    this.#line = this.#text.length + (isBehindListComma ? 1 : 0);
    this.#text += line;
  }
}

function membersOf(raw: string): { value: Value; key: Value | undefined }[] {
  const members: { value: Value; key: Value | undefined }[] = [];
  forEachIn(parseValue(raw), (value, key) => members.push({ value, key }));
  return members;
}

/** An array without white space on one line; undefined when it holds an object or needs more room. */
function oneLine(raw: string, room: number, path: Path): string | undefined {
  if (raw.length > room) return undefined;
  path.spend(raw.length);
  let text = '[';
  for (const [index, { value }] of membersOf(raw).entries()) {
    const part = value.type !== 'JSON' ? value.raw : value.raw.startsWith('[') ? oneLine(value.raw, room - text.length, path) : undefined;
    if (part === undefined) return undefined;
    text += `${index > 0 ? ', ' : ''}${part}`;
    if (text.length >= room) return undefined;
  }
  return `${text}]`;
}
