import { byteLength, bytesOf, textOf } from '../../../go/bytes.ts';
import { toLower, toUpper, trimSpace } from '../../../go/case.ts';
import { GoError } from '../../../go/function.ts';
import { marshal } from '../../../go/json.ts';
import { type GoValue, int, isList, strings, TypedList, typeName } from '../../../go/values.ts';
import { parseJson } from '../../../json/parse.ts';
import { any, array, arrayOf, bool, integer, string, type Type } from '../check/types.ts';
import { asString, type Frame } from '../frame.ts';
import { toInt } from '../values/numbers.ts';
import { type BuiltinFunction, typed } from './define.ts';

const texts = arrayOf(string);

type Text = (args: readonly string[], frame: Frame) => GoValue;

/** A function of texts alone; each is paid for by its length. */
function ofTexts(name: string, counts: readonly number[], result: Type, call: Text): readonly [string, BuiltinFunction] {
  const signatures = counts.map((count) => [...Array<Type>(count).fill(string), result] as [...Type[], Type]);
  return [
    name,
    typed(name, signatures, (args, frame) => {
      const given = args.map(asString);
      for (const text of given) frame.run.scan(text);
      const result = call(given, frame);
      if (typeof result === 'string') frame.run.bytes(result.length);
      return result;
    }),
  ];
}

/** Characters of a text as Go goes through them. */
const characters = (text: string): string[] => [...text];

function split(args: readonly GoValue[], after: boolean, { run }: Frame): GoValue {
  const [text, separator] = [asString(args[0]), asString(args[1])];
  const most = args.length > 2 ? toInt(args[2]) : -1;
  run.scan(text);
  if (most === 0) return strings([]);
  let parts = separator === '' ? characters(text) : text.split(separator);
  if (most > 0 && parts.length > most) {
    parts = [...parts.slice(0, most - 1), parts.slice(most - 1).join(separator)];
  }
  if (after) parts = parts.map((part, index) => (index < parts.length - 1 ? part + separator : part));
  run.bytes(parts.length * 16 + text.length);
  return strings(parts);
}

const splitter = (name: string, after: boolean): readonly [string, BuiltinFunction] => [
  name,
  typed(
    name,
    [
      [string, string, texts],
      [string, string, integer, texts],
    ],
    (args, frame) => split(args, after, frame),
  ),
];

function replace(args: readonly GoValue[], { run }: Frame): GoValue {
  const [text, old, fresh] = [asString(args[0]), asString(args[1]), asString(args[2])];
  const most = args.length > 3 ? toInt(args[3]) : -1;
  run.scan(text);
  const pieces = old === '' ? ['', ...characters(text), ''] : text.split(old);
  const joints = pieces.length - 1;
  const count = most < 0 ? joints : Math.min(most, joints);
  run.bytes(text.length + count * fresh.length + pieces.length * 16);
  if (old === '') return pieces.map((piece, index) => (index < count ? piece + fresh : piece)).join('');
  return (
    pieces.slice(0, count + 1).join(fresh) +
    pieces
      .slice(count + 1)
      .map((piece) => old + piece)
      .join('')
  );
}

function repeat(args: readonly GoValue[], { run }: Frame): GoValue {
  const text = asString(args[0]);
  const count = toInt(args[1]);
  if (count > 1e6) throw new GoError('memory budget exceeded');
  if (count < 0) throw new GoError('strings: negative Repeat count');
  run.bytes(text.length * count);
  return text.repeat(count);
}

function join(args: readonly GoValue[], { run }: Frame): GoValue {
  const [items, glue] = [args[0], args.length > 1 ? asString(args[1]) : ''];
  if (!isList(items) || (items instanceof TypedList && items.element !== 'string')) {
    throw new GoError(`invalid argument for join (type ${typeName(items)})`);
  }
  run.steps(items.length);
  const parts = items.map(asString);
  let length = parts.length * glue.length;
  for (const part of parts) length += part.length;
  run.bytes(length);
  return parts.join(glue);
}

/** Position in bytes, -1 when it is not there. */
const found = (text: string, index: number): GoValue => int(index < 0 ? -1 : byteLength(text.slice(0, index)));

function trim([text = '', cutset]: readonly string[]): string {
  if (cutset === undefined) return trimSpace(text);
  const set = new Set(characters(cutset));
  const all = characters(text);
  let [start, end] = [0, all.length];
  while (start < end && set.has(all[start]!)) start += 1;
  while (end > start && set.has(all[end - 1]!)) end -= 1;
  return all.slice(start, end).join('');
}

function fromBase64([text = '']: readonly string[]): string {
  const plain = text.replace(/[\r\n]/g, '');
  const bad = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(plain) ? -1 : plain.search(/[^A-Za-z0-9+/]|$/);
  if (bad >= 0) throw new GoError(`illegal base64 data at input byte ${bad}`);
  return textOf(Buffer.from(plain, 'base64'));
}

function fromJson([text = '']: readonly string[]): GoValue {
  try {
    return parseJson(text);
  } catch (thrown) {
    throw new GoError((thrown as Error).message);
  }
}

export const textFunctions: readonly (readonly [string, BuiltinFunction])[] = [
  ofTexts('trim', [1, 2], string, trim),
  ofTexts('trimPrefix', [2, 1], string, ([text = '', part = ' ']) => (text.startsWith(part) ? text.slice(part.length) : text)),
  ofTexts('trimSuffix', [2, 1], string, ([text = '', part = ' ']) =>
    text.endsWith(part) ? text.slice(0, text.length - part.length) : text,
  ),
  ofTexts('upper', [1], string, ([text = '']) => toUpper(text)),
  ofTexts('lower', [1], string, ([text = '']) => toLower(text)),
  splitter('split', false),
  splitter('splitAfter', true),
  [
    'replace',
    typed(
      'replace',
      [
        [string, string, string, integer, string],
        [string, string, string, string],
      ],
      replace,
    ),
  ],
  ['repeat', typed('repeat', [[string, integer, string]], repeat)],
  [
    'join',
    typed(
      'join',
      [
        [texts, string, string],
        [array, string, string],
        [array, string],
        [texts, string],
      ],
      join,
    ),
  ],
  ofTexts('indexOf', [2], integer, ([text = '', part = '']) => found(text, text.indexOf(part))),
  ofTexts('lastIndexOf', [2], integer, ([text = '', part = '']) => found(text, text.lastIndexOf(part))),
  ofTexts('hasPrefix', [2], bool, ([text = '', part = '']) => text.startsWith(part)),
  ofTexts('hasSuffix', [2], bool, ([text = '', part = '']) => text.endsWith(part)),
  ['toJSON', typed('toJSON', [[any, string]], ([value], { run }) => marshal(value ?? null, { escapeHtml: true, pretty: true }, run))],
  ofTexts('fromJSON', [1], any, fromJson),
  ofTexts('toBase64', [1], string, ([text = '']) => Buffer.from(bytesOf(text)).toString('base64')),
  ofTexts('fromBase64', [1], string, fromBase64),
];
