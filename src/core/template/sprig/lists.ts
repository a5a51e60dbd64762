import { toInt64 } from '../../go/cast.ts';
import { deepEqual } from '../../go/deep-equal.ts';
import { fn, GoError, type GoFunction, type Spend, variadic } from '../../go/function.ts';
import { type GoList, type GoValue, isList, isTrue, kindName, strings, TypedList, typedList } from '../../go/values.ts';
import { byBytes } from '../../json/by-bytes.ts';
import { textOfValue, textsOf } from './strings.ts';

/** What a list function works on; anything else is an error in sprig's words. */
function listOf(value: GoValue, doing: string, spend: Spend): GoList {
  if (!isList(value)) throw new GoError(doing.replace('%s', kindName(value)));
  spend.steps((value.length >> 3) + 1);
  spend.bytes(value.length * 16);
  return value;
}

/** What sprig returns for a list without elements where it made none: nil. */
const nilList = (): GoValue => typedList('interface {}', [], true);

const holds = (list: readonly GoValue[], value: GoValue, spend: Spend): boolean => list.some((item) => deepEqual(value, item, spend));

function unique(list: GoList, spend: Spend): GoList {
  const kept: GoList = [];
  for (const item of list) if (!holds(kept, item, spend)) kept.push(item);
  return kept;
}

function sliced(list: GoList, indexes: readonly GoValue[]): GoValue {
  if (list.length === 0) return null;
  const start = indexes.length > 0 ? toInt64(indexes[0]) : 0n;
  const end = indexes.length > 1 ? toInt64(indexes[1]) : BigInt(list.length);
  if (start < 0n || end < start || end > BigInt(list.length)) throw new GoError('reflect.Value.Slice: slice index out of bounds');
  const part = list.slice(Number(start), Number(end));
  return list instanceof TypedList ? typedList(list.element, part) : part;
}

function chunks(size: number, list: GoList): GoValue {
  const count = Math.floor((list.length - 1) / size) + 1;
  if (!(count >= 0) || (size < 1 && count > 0)) throw new GoError('runtime error: makeslice: len out of range');
  return typedList(
    '[]interface {}',
    Array.from({ length: count }, (_, index) => list.slice(index * size, (index + 1) * size)),
  );
}

function concatenated(lists: readonly GoValue[], spend: Spend): GoValue {
  const all = lists.flatMap((list) => listOf(list, 'Cannot concat type %s as list', spend));
  return all.length === 0 ? nilList() : all;
}

const plain = (list: GoList): GoList => [...list];

const push = fn(['any', 'any'], ([list, value], spend) => [...listOf(list, 'Cannot push on type %s', spend), value]);
const prepend = fn(['any', 'any'], ([list, value], spend) => [value, ...listOf(list, 'Cannot prepend on type %s', spend)]);
const first = fn(['any'], ([list], spend) => listOf(list, 'Cannot find first on type %s', spend)[0] ?? null);
const last = fn(['any'], ([list], spend) => listOf(list, 'Cannot find last on type %s', spend).at(-1) ?? null);
const rest = fn(['any'], ([list], spend) => {
  const items = listOf(list, 'Cannot find rest on type %s', spend);
  return items.length === 0 ? nilList() : plain(items).slice(1);
});
const initial = fn(['any'], ([list], spend) => {
  const items = listOf(list, 'Cannot find initial on type %s', spend);
  return items.length === 0 ? nilList() : plain(items).slice(0, -1);
});
const reverse = fn(['any'], ([list], spend) => plain(listOf(list, 'Cannot find reverse on type %s', spend)).reverse());
const compact = fn(['any'], ([list], spend) => listOf(list, 'Cannot compact on type %s', spend).filter(isTrue));
const uniq = fn(['any'], ([list], spend) => unique(listOf(list, 'Cannot find uniq on type %s', spend), spend));
const without = variadic(['any'], 'any', ([list, ...unwanted], spend) =>
  listOf(list, 'Cannot find without on type %s', spend).filter((item) => !holds(unwanted, item, spend)),
);
const has = fn(['any', 'any'], ([value, list], spend) => {
  if (list === null) return false;
  return holds(listOf(list, 'Cannot find has on type %s', spend), value, spend);
});
const slice = variadic(['any'], 'any', ([list, ...indexes], spend) =>
  sliced(listOf(list, 'list should be type of slice or array but %s', spend), indexes),
);
const chunk = fn(['int', 'any'], ([size, list], spend) => chunks(size, listOf(list, 'Cannot chunk type %s', spend)));
const list = variadic([], 'any', (values, spend) => {
  spend.bytes(values.length * 16);
  return [...values];
});

/** The forms with `must` return what the others panic with; in a template both end it. */
export const lists: Readonly<Record<string, GoFunction>> = {
  list,
  tuple: list,
  append: push,
  push,
  mustAppend: push,
  mustPush: push,
  prepend,
  mustPrepend: prepend,
  first,
  mustFirst: first,
  last,
  mustLast: last,
  rest,
  mustRest: rest,
  initial,
  mustInitial: initial,
  reverse,
  mustReverse: reverse,
  compact,
  mustCompact: compact,
  uniq,
  mustUniq: uniq,
  without,
  mustWithout: without,
  has,
  mustHas: has,
  slice,
  mustSlice: slice,
  chunk,
  mustChunk: chunk,
  concat: variadic([], 'any', (values, spend) => concatenated(values, spend)),
  sortAlpha: fn(['any'], ([value], spend) => {
    const texts = isList(value) ? textsOf(value, spend) : [textOfValue(value, spend)];
    spend.steps(texts.length * 4);
    return strings(texts.sort(byBytes));
  }),
};
