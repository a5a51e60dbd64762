import { isObject, type Json } from '../../../core/json/json.ts';
import { stringifyJson } from '../../../core/json/stringify.ts';
import type { ListShape } from '../kinds/shape.ts';

/**
 * Brings a merged list into the order that the API server gives it: items that the patch names (`order`) stand as the patch has them, all
 * others as they stood in the live list. Where the two have to be interwoven, an item that the patch does not name goes first only when
 * both are known from the live list and it stood first there.
 */
export function arrange(merged: readonly Json[], order: readonly Json[], live: readonly Json[], list: ListShape | undefined): Json[] {
  const identity = (item: Json) => stringifyJson(list?.kind === 'map' && isObject(item) ? (item[list.mergeKey] ?? null) : item);
  const wanted = new Map(order.map((item, index) => [identity(item), index]));
  const before = new Map(live.map((item, index) => [identity(item), index]));
  const rank = (item: Json) => wanted.get(identity(item));
  const named = merged.filter((item) => rank(item) !== undefined).sort((a, b) => rank(a)! - rank(b)!);
  const others = merged.filter((item) => rank(item) === undefined);
  const result: Json[] = [];
  while (named.length > 0 && others.length > 0) {
    const [left, right] = [before.get(identity(others[0]!)), before.get(identity(named[0]!))];
    const otherFirst = left !== undefined && right !== undefined && left < right;
    result.push((otherFirst ? others : named).shift()!);
  }
  return [...result, ...named, ...others];
}
