import { EngineError } from '../../errors/engine-error.ts';
import { reasonOf } from '../../errors/from-unknown.ts';
import { isObject, type Json } from '../../json/json.ts';
import { parseJson } from '../../json/parse.ts';
import { Raised } from '../run/raised.ts';
import { splitText } from '../values/arithmetic.ts';
import { lengthOf } from '../values/navigate.ts';
import { isNumber, isNumberText, readNumber, toIndex } from '../values/numbers.ts';
import { valuesOf } from '../values/objects.ts';
import { print } from '../values/print.ts';
import { sum } from './collections.ts';
import { formats, toText } from './formats.ts';
import type { Native, Natives } from './native.ts';
import { cannotApply, cannotApplyBecause } from './refusals.ts';

/** A function of one text. */
const ofText =
  (name: string, apply: (text: string) => Json): Native =>
  (run, input) => {
    if (typeof input !== 'string') throw cannotApply(name, input);
    run.grow(input.length);
    run.tick(input.length >> 4);
    return apply(input);
  };

/** A function of two texts. */
const ofTexts =
  (name: string, apply: (text: string, other: string) => Json): Native =>
  (run, input, other) => {
    if (typeof input !== 'string' || typeof other !== 'string') throw cannotApply(name, input, other);
    run.tick((input.length >> 6) + 1);
    return apply(input, other);
  };

const withoutStart = (text: string, start: string): string => (text.startsWith(start) ? text.slice(start.length) : text);
const withoutEnd = (text: string, end: string): string => (end !== '' && text.endsWith(end) ? text.slice(0, -end.length) : text);

const isAscii = /^[\0-\x7f]*$/;

/** White space as Go's unicode package has it: JavaScript's, with NEL and without the byte order mark. */
const spacesBefore = /^(?:(?!\ufeff)[\s\u0085])+/;
const spacesBehind = /(?:(?!\ufeff)[\s\u0085])+$/;

export const strings: Natives = {
  'ascii_downcase/0': ofText('ascii_downcase', (text) =>
    isAscii.test(text) ? text.toLowerCase() : text.replace(/[A-Z]+/g, (upper) => upper.toLowerCase()),
  ),
  'ascii_upcase/0': ofText('ascii_upcase', (text) =>
    isAscii.test(text) ? text.toUpperCase() : text.replace(/[a-z]+/g, (lower) => lower.toUpperCase()),
  ),
  'trim/0': ofText('trim', (text) => trimEnd(text.replace(spacesBefore, ''))),
  'ltrim/0': ofText('ltrim', (text) => text.replace(spacesBefore, '')),
  'rtrim/0': ofText('rtrim', trimEnd),
  'explode/0': (run, input) => {
    if (typeof input !== 'string') throw cannotApply('explode', input);
    run.growCells(input.length);
    return Array.from(input, (char) => char.codePointAt(0)!);
  },
  'utf8bytelength/0': ofText('utf8bytelength', (text) => Buffer.byteLength(text)),
  'startswith/1': ofTexts('startswith', (text, start) => text.startsWith(start)),
  'endswith/1': ofTexts('endswith', (text, end) => text.endsWith(end)),
  'ltrimstr/1': ofTexts('ltrimstr', withoutStart),
  'rtrimstr/1': ofTexts('rtrimstr', withoutEnd),
  'trimstr/1': ofTexts('trimstr', (text, part) => withoutEnd(withoutStart(text, part), part)),
  'split/1': (run, input, separator) => {
    if (typeof input !== 'string' || typeof separator !== 'string') throw cannotApply('split', input, separator);
    return splitText(run, input, separator);
  },
  'implode/0'(run, input) {
    if (!Array.isArray(input)) throw cannotApply('implode', input);
    run.grow(input.length * 2);
    let text = '';
    for (const code of input) {
      if (!isNumber(code)) throw cannotApply('implode', input);
      const point = toIndex(code);
      text += point < 0 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? '\ufffd' : String.fromCodePoint(point);
    }
    return text;
  },
  'join/1'(run, input, separator) {
    const values = valuesOf(input);
    if (!values) throw cannotApply('join', input, separator);
    if (values.length === 0) return '';
    run.growCells(values.length * 2);
    return sum(
      run,
      values.flatMap((value, index) => {
        const text = isNumber(value) || typeof value === 'boolean' ? toText(run, value) : value;
        return [index === 0 ? '' : separator, text];
      }),
    );
  },
  'tojson/0': (run, input) => print(input, (length) => run.grow(length)),
  'fromjson/0'(run, input) {
    if (typeof input !== 'string') throw cannotApply('fromjson', input);
    run.grow(input.length * 4);
    try {
      return parseJson(input);
    } catch (thrown) {
      throw cannotApplyBecause(thrown instanceof EngineError ? `${thrown.fields.reason}` : reasonOf(thrown), 'fromjson', input);
    }
  },
  'tostring/0': toText,
  'tonumber/0'(_run, input) {
    if (isNumber(input)) return input;
    if (typeof input !== 'string') throw cannotApply('tonumber', input);
    if (!isNumberText(input)) throw cannotApplyBecause('invalid number', 'tonumber', input);
    return readNumber(input);
  },
  'toboolean/0'(_run, input) {
    if (typeof input === 'boolean') return input;
    if (typeof input !== 'string') throw cannotApply('toboolean', input);
    if (input !== 'true' && input !== 'false') throw cannotApplyBecause('invalid boolean', 'toboolean', input);
    return input === 'true';
  },
  'format/1'(run, input, name) {
    if (typeof name !== 'string') throw cannotApply('format', name);
    const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
    if (!format) throw new Raised(() => `format not defined: @${name}`);
    return format(run, input);
  },
  'length/0'(run, input) {
    if (typeof input === 'string') {
      run.tick(input.length >> 6);
      return lengthOf(input);
    }
    if (input === null) return 0;
    if (typeof input === 'number') return Math.abs(input);
    if (typeof input === 'bigint') return input < 0n ? -input : input;
    if (Array.isArray(input)) return input.length;
    if (isObject(input)) return Object.keys(input).length;
    throw cannotApply('length', input);
  },
};

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && spacesBehind.test(text[end - 1]!)) end -= 1;
  return text.slice(0, end);
}
