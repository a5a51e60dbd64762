import { isObject, type Json } from '../../../core/json/json.ts';

/**
 * Reads the kind of path that printer columns are written with: `.spec.replicas`, `.status.conditions[?(@.type=="Ready")].status`,
 * `.spec.hosts[*]`, `.metadata.annotations.example\.com/x`, `['a.b']`. Answers every value found; an unreadable path finds nothing.
 */
export function readJsonPath(path: string, value: Json): Json[] {
  const step =
    /\.((?:\\.|[^.[\]\\])+)|\[(-?\d+|\*)\]|\['((?:[^'\\]|\\.)*)'\]|\[\?\(@\.([\w./-]+)\s*==\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+))\)\]/gy;
  let found: Json[] = [value];
  let end = 0;
  for (let match = step.exec(path); match; match = step.exec(path)) {
    end = step.lastIndex;
    const [, field, index, quoted, tested, ...wanted] = match;
    if (tested !== undefined) found = found.flatMap(items).filter((item) => passes(item, tested, wanted.find((one) => one !== undefined)!));
    else if (index !== undefined)
      found = found.flatMap((one) => (index === '*' ? items(one) : items(one).slice(Number(index)).slice(0, 1)));
    else found = found.flatMap((one) => fieldOf(one, (field ?? quoted)!.replace(/\\(.)/g, '$1')));
  }
  return end === path.length ? found : [];
}

function items(value: Json): Json[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

function fieldOf(value: Json, field: string): Json[] {
  return isObject(value) && Object.hasOwn(value, field) ? [value[field]!] : [];
}

function passes(item: Json, path: string, wanted: string): boolean {
  const [found] = path.split('.').reduce<Json[]>((values, field) => values.flatMap((one) => fieldOf(one, field)), [item]);
  return found !== undefined && String(found) === wanted;
}
