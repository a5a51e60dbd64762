/** One part of a path to write to. */
export interface Component {
  /** The key, without escapes. */
  readonly key: string;
  /** The same as a path to read by. */
  readonly lookup: string;
  /** What it asks of a list: an index, `end` for `-1`, or nothing that a list has. */
  readonly index: number | 'end' | undefined;
}

const special = /[|#@*?]/;
const unusual = /[|#@*?\\:]/;

/** Takes a path apart; undefined when it holds a query, a wildcard, a pipe or a modifier, which only say where existing values are. */
export function components(path: string): Component[] | undefined {
  if (!unusual.test(path)) return path.split('.').map((key) => ({ key, lookup: key, index: indexOf(key) }));
  const parts: Component[] = [];
  for (let at = 0; ; ) {
    const isKey = path[at] === ':';
    if (isKey) at += 1;
    const start = at;
    let key = '';
    for (; at < path.length && path[at] !== '.'; at++) {
      if (special.test(path[at]!)) return undefined;
      if (path[at] === '\\') at += 1;
      key += path[at] ?? '';
    }
    parts.push({ key, lookup: path.slice(start, at), index: isKey ? undefined : indexOf(key) });
    if (at >= path.length) return parts;
    at += 1;
  }
}

function indexOf(key: string): number | 'end' | undefined {
  if (key === '-1') return 'end';
  return /^\d*$/.test(key) ? Number(key) : undefined;
}
