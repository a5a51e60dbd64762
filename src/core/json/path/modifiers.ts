import { goQuote } from '../quote.ts';
import type { Path } from './path.ts';
import { pretty, ugly } from './pretty.ts';
import { forEachIn, isArray, isJson, isObject, leading, parseValue, type Value } from './value.ts';

/** Text in, text out. An empty text is "nothing there". */
type Modify = (json: string, argument: string, path: Path) => string;

/** Deeper than this `@dig` and `@flatten:{"deep":true}` do not go. */
const deepest = 200;

const modifiers: Readonly<Record<string, Modify>> = {
  this: (json) => json,
  valid: (json) => (isJson(json) ? json : ''),
  pretty,
  ugly: (json) => ugly(json),
  tostr: (json) => goQuote(json),
  fromstr: (json) => (isJson(json) ? (parseValue(json)?.text ?? '') : ''),
  keys: (json) => list(json, (_value, key) => key?.raw ?? 'null'),
  values: (json) => (isArray(parseValue(json)) ? json : list(json, (value) => value.raw)),
  reverse,
  flatten: (json, argument, path) => flatten(json, option(argument, 'deep') ? deepest : 0, path),
  join: (json, argument) => join(json, option(argument, 'preserve')),
  group,
  dig,
};

interface ModifierCall {
  readonly modify: Modify;
  readonly argument: string;
  readonly rest: string;
}

/** The modifier that a path starts with, `@name` or `@name:argument`; undefined when it starts with none that is known: then it is a key. */
export function modifierCall(path: string): ModifierCall | undefined {
  if (!path.startsWith('@')) return undefined;
  const name = /^[^.|:]*/.exec(path.slice(1))![0];
  if (!Object.hasOwn(modifiers, name)) return undefined;
  const modify = modifiers[name]!;
  const after = path.slice(1 + name.length);
  if (!after.startsWith(':')) return { modify, argument: '', rest: after };
  const argument = argumentOf(after.slice(1));
  return { modify, argument, rest: after.slice(1 + argument.length) };
}

/** A JSON value, or anything up to a `|` that stands in no bracket or quotes. */
function argumentOf(text: string): string {
  if (/^[{["]/.test(text)) return leading(text);
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '|') return text.slice(0, at);
    if ('{["('.includes(text[at]!)) at += leading(text.slice(at)).length - 1;
  }
  return text;
}

/** Whether `name` is true in an argument such as `{"deep":true}`. */
function option(argument: string, name: string): boolean {
  let isOn = false;
  forEachIn(parseValue(argument), (value, key) => {
    if (key?.text === name) isOn = value.boolean;
  });
  return isOn;
}

function list(json: string, text: (value: Value, key: Value | undefined) => string): string {
  const parts: string[] = [];
  forEachIn(parseValue(json), (value, key) => parts.push(text(value, key)));
  return `[${parts.join(',')}]`;
}

function reverse(json: string): string {
  const value = parseValue(json);
  if (value?.type !== 'JSON') return json;
  const parts: string[] = [];
  forEachIn(value, (member, key) => parts.push(key ? `${key.raw}:${member.raw}` : member.raw));
  const text = parts.reverse().join(',');
  return isArray(value) ? `[${text}]` : `{${text}}`;
}

function flatten(json: string, levels: number, path: Path): string {
  path.spend(json.length);
  const value = parseValue(json);
  if (!isArray(value)) return json;
  const parts: string[] = [];
  forEachIn(value, (element) => {
    const inner = isArray(element) && levels > 0 ? flatten(element.raw, levels - 1, path) : element.raw;
    const raw = isArray(element) ? inside(inner).trim() : inner.trim();
    if (raw !== '') parts.push(raw);
  });
  return `[${parts.join(',')}]`;
}

/** An object or array without its brackets. */
const inside = (json: string): string => json.trim().slice(1, -1);

/** Joins the objects of an array into one. Of a repeated key the first keeps its place and the last its value, unless all are preserved. */
function join(json: string, isPreserving: boolean): string {
  const value = parseValue(json);
  if (!isArray(value)) return json;
  const members = new Map<string, { key: string; raw: string }>();
  const all: string[] = [];
  forEachIn(value, (object) => {
    if (!isObject(object)) return;
    all.push(inside(object.raw));
    forEachIn(object, (member, key) => {
      const name = key?.text ?? '';
      members.set(name, { key: members.get(name)?.key ?? key?.raw ?? '', raw: member.raw });
    });
  });
  return `{${isPreserving ? all.join(',') : Array.from(members.values(), ({ key, raw }) => `${key}:${raw}`).join(',')}}`;
}

/** An object of lists becomes a list of objects. */
function group(json: string): string {
  const value = parseValue(json);
  if (!isObject(value)) return '';
  const rows: string[][] = [];
  forEachIn(value, (column, key) => {
    if (!isArray(column)) return;
    let row = 0;
    forEachIn(column, (cell) => {
      rows[row] ??= [];
      rows[row]!.push(`${key?.raw}:${cell.raw}`);
      row += 1;
    });
  });
  return `[${rows.map((row) => `{${row.join(',')}}`).join(',')}]`;
}

/** What a path finds in the value and in everything below it. */
function dig(json: string, argument: string, { part }: Path): string {
  const path = part(argument);
  const found: string[] = [];
  const visit = (value: Value, depth: number): void => {
    const one = path.find(value.raw);
    if (one) found.push(one.raw);
    if (value.type === 'JSON' && depth < deepest) forEachIn(value, (member) => visit(member, depth + 1));
  };
  const root = parseValue(json);
  if (root) visit(root, 0);
  return `[${found.join(',')}]`;
}
